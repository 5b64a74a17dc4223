import type { Measurement } from "../../../../packages/store/bench/measurement.ts";
import { measureJobs } from "../jobs/measure-jobs.ts";
import { measureFilter } from "./measure-filter.ts";
import { measureFirstPage } from "./measure-first-page.ts";
import { measureMemory } from "./measure-memory.ts";
import { measureScroll } from "./measure-scroll.ts";
import { measureSearch } from "./measure-search.ts";
import type { OpenLibrary } from "./open-library.ts";

const MEASURES = {
  first: measureFirstPage,
  search: measureSearch,
  filter: measureFilter,
  scroll: measureScroll,
  memory: measureMemory,
  jobs: measureJobs,
} as const;

/** All figures of the library and of the table of jobs, or those of some names, with commas between them. */
export async function measureLibrary(library: OpenLibrary, only?: string): Promise<readonly Measurement[]> {
  const wanted = only?.split(",");
  const lines: Measurement[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (wanted === undefined || wanted.includes(name)) lines.push(...(await measure(library)));
  }
  return lines;
}
