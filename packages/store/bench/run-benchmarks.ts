import type { BenchContext } from "./bench-context.ts";
import type { Measurement } from "./measurement.ts";
import { measureChangeFeed } from "./measures/change-feed.ts";
import { measureCheckpointBlock } from "./measures/checkpoint-block.ts";
import { measureOneWriter } from "./measures/one-writer.ts";
import { measureOpenAndMemory } from "./measures/open-and-memory.ts";
import { measureUpserts } from "./measures/upserts.ts";

/** The measures by the names that `--only` takes. */
const MEASURES = {
  upserts: measureUpserts,
  "one-writer": measureOneWriter,
  open: measureOpenAndMemory,
  checkpoint: measureCheckpointBlock,
  feed: measureChangeFeed,
} as const satisfies Record<string, (context: BenchContext) => Promise<readonly Measurement[]>>;

/** Runs the measures one after another; `only`: the name of a single one. */
export async function runBenchmarks(context: BenchContext, only?: string): Promise<readonly Measurement[]> {
  const lines: Measurement[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (only === undefined || only === name) lines.push(...(await measure(context)));
  }
  return lines;
}
