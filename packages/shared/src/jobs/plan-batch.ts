import type { Json, JsonObject } from "../json.ts";

/** The fields of a job that a batch makes many of. */
export interface BatchBase {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly model?: string;
  readonly params?: JsonObject;
}

/** One dimension of a grid: `field` is `prompt`, `negativePrompt`, `model` or `params.<name>`. */
export interface BatchAxis {
  readonly field: string;
  readonly values: readonly Json[];
}

/** Most jobs that are asked for at once. */
export const MAX_BATCH = 200;

/** A job's fields for each point of the grid, each `count` times; a seed counts up over the copies. */
export function planBatch<B extends BatchBase>(
  base: B,
  { axes = [], count = 1 }: { readonly axes?: readonly BatchAxis[]; readonly count?: number },
): readonly B[] {
  let points: readonly B[] = [base];
  for (const axis of axes) {
    points = points.flatMap((point) => axis.values.map((value) => withValue(point, axis.field, value)));
  }
  return points.flatMap((point) => Array.from({ length: count }, (_, copy) => withSeed(point, copy)));
}

/** How many jobs a batch makes. */
export function batchSize({
  axes = [],
  count = 1,
}: {
  readonly axes?: readonly BatchAxis[];
  readonly count?: number;
}): number {
  return axes.reduce((size, { values }) => size * values.length, count);
}

function withValue<B extends BatchBase>(point: B, field: string, value: Json): B {
  if (!field.startsWith("params.")) return { ...point, [field]: value };
  return { ...point, params: { ...point.params, [field.slice("params.".length)]: value } };
}

function withSeed<B extends BatchBase>(point: B, copy: number): B {
  const seed = point.params?.["seed"];
  return copy === 0 || typeof seed !== "number" ? point : withValue(point, "params.seed", seed + copy);
}
