import { describe, expect, it } from "vitest";
import { BUILT_IN_CATALOGUE } from "../../../api/built-in-catalogue.ts";
import type { ParamField } from "../../../api/param-field.ts";
import {
  choicesFor,
  chosen,
  INITIAL_FORM,
  missingField,
  paramsOf,
  parseFormState,
  withChoice,
} from "./form-state.ts";

const form = { ...INITIAL_FORM, seed: 7 };
const [sprite] = choicesFor(BUILT_IN_CATALOGUE, "sprite");
const [paint] = choicesFor(BUILT_IN_CATALOGUE, "image");
if (sprite === undefined || paint === undefined) throw new Error("The built-in engine has both.");
const base = { title: "", description: "", isRequired: false };

describe("the create form", () => {
  it("is read back from its own draft", () => {
    const kept = {
      ...form,
      prompt: "a fox",
      seedLocked: true,
      times: 3,
      values: { count: 2, loras: [{ name: "sea", scale: 0.5 }] },
      axes: [{ field: "steps", values: "10, 20" }],
    };
    expect(parseFormState(JSON.parse(JSON.stringify(kept)), 1)).toEqual(kept);
  });

  it("takes initial values for what a draft lacks or has in another type", () => {
    const odd = { prompt: 3, kind: "song", values: 7, times: -1, axes: [{ field: 1 }, 2], seed: 0.5 };
    expect(parseFormState(odd, 9)).toEqual({ ...form, seed: 9 });
    expect(parseFormState(undefined, 9)).toEqual({ ...form, seed: 9 });
  });

  it("reads the draft of an earlier version", () => {
    const old = { prompt: "a fox", width: 640, height: 320, count: 2, steps: 12, guidance: 5, seed: 3 };
    expect(parseFormState(old, 9)).toEqual({
      ...form,
      prompt: "a fox",
      seed: 3,
      values: { width: 640, height: 320, count: 2, steps: 12, guidance: 5 },
    });
  });

  it("falls back to the first model of its kind", () => {
    expect(chosen(choicesFor(BUILT_IN_CATALOGUE, "sprite"), form)?.model.id).toBe("sprite");
  });

  it("takes the sizes of another kind, and keeps what it has within one kind", () => {
    const wide = { ...form, values: { width: 640, count: 99 } };
    expect(withChoice(wide, sprite)).toMatchObject({
      kind: "sprite",
      model: "sprite",
      values: { count: 99 },
    });
    expect(paramsOf(withChoice(wide, sprite), sprite.model)).toMatchObject({ width: 64, count: 16 });
    expect(withChoice(wide, paint).values).toEqual(wide.values);
  });

  it("sends only the parameters that the model takes, within its limits", () => {
    const typed = { ...form, values: { steps: 1000, colour: "red", count: 2 } };
    expect(paramsOf(typed, paint.model)).toEqual({
      width: 768,
      height: 512,
      steps: 100,
      guidance: 3.5,
      seed: 7,
      count: 2,
    });
    expect(paramsOf(typed, { ...paint.model, fields: [] })).toEqual({});
  });

  it("leaves to the provider what nobody chose", () => {
    const fields: ParamField[] = [
      { ...base, name: "sampler", type: "choice", values: ["a", "b"], initial: undefined },
      { ...base, name: "checkpoint", type: "text", initial: undefined, maxLength: 10, pattern: undefined },
      { ...base, name: "picture", type: "picture" },
      { ...base, name: "loras", type: "loras", most: 2, scale: { min: 0, max: 1, initial: 1, step: 0.1 } },
      { ...base, name: "outline", type: "switch", initial: true },
    ];
    const model = { ...paint.model, fields };
    expect(paramsOf({ values: { sampler: "c", loras: [] }, seed: 1 }, model)).toEqual({ outline: true });
  });

  it("says which needed field is empty", () => {
    const picture: ParamField = { ...base, name: "picture", type: "picture", isRequired: true };
    const model = { ...paint.model, fields: [picture] };
    expect(missingField(form, model)).toBe(picture);
    const blob = { sha256: "0".repeat(64), sizeBytes: 1, mime: "image/png" };
    expect(missingField({ ...form, values: { picture: blob } }, model)).toBeUndefined();
  });
});
