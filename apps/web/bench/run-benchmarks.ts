import type { Measurement } from "../../../packages/store/bench/measurement.ts";
import type { BenchContext } from "./bench-context.ts";
import { measureBundle } from "./measures/measure-bundle.ts";
import { measureMachine } from "./measures/measure-machine.ts";
import { measurePush } from "./measures/measure-push.ts";
import { measureStarts } from "./measures/measure-starts.ts";
import { measureWrites } from "./measures/measure-writes.ts";

const MEASURES = {
  writes: measureWrites,
  starts: measureStarts,
  push: measurePush,
  bundle: measureBundle,
} as const;

/** All measures, or the one of a name, after what the machine itself takes at that time. */
export async function runBenchmarks(context: BenchContext, only?: string): Promise<readonly Measurement[]> {
  const lines: Measurement[] = [...(await measureMachine(context))];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (only === undefined || only === name) lines.push(...(await measure(context)));
  }
  return lines;
}
