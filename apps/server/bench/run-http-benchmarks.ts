import type { Measurement } from "../../../packages/store/bench/measurement.ts";
import type { HttpBenchContext } from "./http-bench-context.ts";
import { measureChangeFeed } from "./measures/change-feed.ts";
import { measureJobPosts } from "./measures/job-posts.ts";
import { measureMadeThumbnails } from "./measures/made-thumbnails.ts";
import { measureRecordReads } from "./measures/record-reads.ts";
import { measureServedFiles } from "./measures/served-files.ts";

/** The measures by the names that `--only` takes. Posts come last: they make the studio larger. */
const MEASURES = {
  reads: measureRecordReads,
  feed: measureChangeFeed,
  files: measureServedFiles,
  thumbnails: measureMadeThumbnails,
  posts: measureJobPosts,
} as const satisfies Record<string, (context: HttpBenchContext) => Promise<readonly Measurement[]>>;

/** Runs the measures one after another; `only`: the name of a single one. Throws a `RangeError` for another name. */
export async function runHttpBenchmarks(
  context: HttpBenchContext,
  only?: string,
): Promise<readonly Measurement[]> {
  if (only !== undefined && !Object.hasOwn(MEASURES, only)) {
    throw new RangeError(`--only takes one of ${Object.keys(MEASURES).join(", ")}.`);
  }
  const lines: Measurement[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (only === undefined || only === name) lines.push(...(await measure(context)));
  }
  return lines;
}
