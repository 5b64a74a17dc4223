import { type BatchAxis, batchSize, type Json, MAX_BATCH } from "@safelight/shared";
import type { CatalogueModel } from "../../../api/catalogue.ts";
import type { ParamField } from "../../../api/param-field.ts";
import type { FormAxis } from "./form-state.ts";

export type ReadAxes =
  | { readonly ok: true; readonly axes: readonly BatchAxis[]; readonly jobs: number }
  | { readonly ok: false; readonly field: string; readonly message: string };

/** Parameters that a grid can vary. */
export function variableFields(model: CatalogueModel): readonly ParamField[] {
  return model.fields.filter(({ type }) => type !== "picture" && type !== "loras");
}

/** The grid that the form describes, checked against the model's limits. Empty axes do not count. */
export function readAxes(axes: readonly FormAxis[], times: number, model: CatalogueModel): ReadAxes {
  const read: BatchAxis[] = [];
  for (const { field: name, values: text } of axes) {
    const field = model.fields.find((each) => each.name === name);
    const words = text
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== "");
    if (field === undefined || words.length === 0) continue;
    const values: Json[] = [];
    for (const word of words) {
      const value = valueFor(field, word);
      if (value === undefined) return { ok: false, field: name, message: refusalOf(field, word) };
      values.push(value);
    }
    read.push({ field: `params.${name}`, values });
  }
  const jobs = batchSize({ axes: read, count: times });
  if (jobs > MAX_BATCH) {
    const message = `That makes ${jobs} jobs. At most ${MAX_BATCH} are made at once.`;
    return { ok: false, field: axes.at(-1)?.field ?? "", message };
  }
  return { ok: true, axes: read, jobs };
}

/** Values that a field would take, to show how they are written: "14, 28, 39". */
export function exampleValues(field: ParamField): string {
  switch (field.type) {
    case "number": {
      const { min, max, initial, step } = field.range;
      const fit = (value: number) => Number((min + Math.round((value - min) / step) * step).toFixed(4));
      const values = [fit((min + initial) / 2), initial, fit((initial + max) / 2)];
      return [...new Set(values.filter((value) => value >= min && value <= max))].join(", ");
    }
    case "seed":
      return "1, 2, 3";
    case "switch":
      return "on, off";
    case "choice":
      return field.values.slice(0, 3).join(", ");
    case "text":
      return "one, another";
    case "picture":
    case "loras":
      return "";
  }
}

function valueFor(field: ParamField, word: string): Json | undefined {
  const number = Number(word);
  switch (field.type) {
    case "number": {
      const { min, max, step } = field.range;
      const isWhole = step % 1 !== 0 || Number.isInteger(number);
      return number >= min && number <= max && isWhole ? number : undefined;
    }
    case "seed":
      return Number.isInteger(number) && number >= 0 && number <= field.max ? number : undefined;
    case "switch":
      return /^(?:on|yes|true)$/i.test(word) ? true : /^(?:off|no|false)$/i.test(word) ? false : undefined;
    case "choice":
      return field.values.find((value) => value.toLowerCase() === word.toLowerCase());
    case "text":
      return word;
    case "picture":
    case "loras":
      return undefined;
  }
}

function refusalOf(field: ParamField, word: string): string {
  switch (field.type) {
    case "number":
      return `“${word}” is not a number from ${field.range.min} to ${field.range.max}.`;
    case "seed":
      return `“${word}” is not a whole number from 0 to ${field.max}.`;
    case "switch":
      return `“${word}” is neither on nor off.`;
    case "choice":
      return `“${word}” is not one of ${field.values.join(", ")}.`;
    case "text":
    case "picture":
    case "loras":
      return `“${word}” cannot be used here.`;
  }
}
