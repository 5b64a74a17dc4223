import { type JsonObject, planBatch } from "@safelight/shared";
import { v7 as uuidv7 } from "uuid";
import type { CatalogueModel } from "../../../api/catalogue.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { expandPrompt, type Wildcards } from "./expand-prompt.ts";
import { type Choice, type FormState, paramsOf } from "./form-state.ts";
import { readAxes } from "./grid-axes.ts";

/** A whole number from 0 to below `count` that nobody chose. */
function pick(count: number): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value % count;
}

/** What the picture should not show; nothing for a model that does not ask. */
function negativeOf(form: FormState, { takesNegativePrompt }: CatalogueModel): string {
  return takesNegativePrompt ? form.negativePrompt.trim() : "";
}

/** What the form asks for, as the server's batch: the same for one job and for many. */
export function batchOf(form: FormState, { provider, model }: Choice): JsonObject {
  const read = readAxes(form.axes, form.times, model);
  const negativePrompt = negativeOf(form, model);
  return {
    kind: form.kind,
    provider: provider.id,
    model: model.id,
    prompt: form.prompt.trim(),
    ...(negativePrompt === "" ? {} : { negativePrompt }),
    params: paramsOf(form, model),
    count: form.times,
    ...(read.ok && read.axes.length > 0
      ? { axes: read.axes.map(({ field, values }) => ({ field, values })) }
      : {}),
  };
}

/**
 * Asks for everything that the form describes: a job for each point of the grid, each the given times, with its own
 * draw of the prompt's choices. Works with no server, which runs them when it is back.
 */
export function useCreateJob(): (form: FormState, choice: Choice, wildcards: Wildcards) => void {
  const client = useSyncClient();
  return (form, { provider, model }, wildcards) => {
    const read = readAxes(form.axes, form.times, model);
    if (!read.ok) return;
    const base = { prompt: form.prompt.trim(), params: paramsOf(form, model) };
    const planned = planBatch(base, { axes: read.axes, count: form.times });
    const batchId = planned.length > 1 ? `batch-${uuidv7()}` : undefined;
    const negative = negativeOf(form, model);
    for (const { prompt, params } of planned) {
      const negativePrompt = expandPrompt(negative, wildcards, pick);
      client.create("jobs", {
        kind: form.kind,
        provider: provider.id,
        model: model.id,
        prompt: expandPrompt(prompt, wildcards, pick),
        ...(negativePrompt === "" ? {} : { negativePrompt }),
        params,
        ...(batchId === undefined ? {} : { batchId }),
      });
    }
  };
}
