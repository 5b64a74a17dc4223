import type { SimulationOptions, Violations } from "../world.ts";

/** Runs per property; SYNC_FUZZ_RUNS asks for more. */
const RUNS = Number(process.env["SYNC_FUZZ_RUNS"] ?? 400);

/** Seeds of a property. Each has its own, so that together they see thousands of lives. */
export interface SeedRange {
  /** 1 to 11: which property asks. */
  readonly property: number;
  /** Times the usual number of runs: what only one property looks at takes more. */
  readonly share?: number;
}

/** Violations of the first run that has any. */
export async function firstViolations(
  { property, share = 1 }: SeedRange,
  run: (seed: number) => Promise<Violations>,
): Promise<Violations> {
  const first = property * 1_000_000;
  for (let seed = first; seed < first + RUNS * share; seed += 1) {
    const violations = await run(seed);
    if (violations.length > 0) return violations;
  }
  return [];
}

/** Half of the lives have small pages, half compaction, and so on: all combinations. */
export function mixed(
  seed: number,
): Pick<SimulationOptions, "paging" | "compaction" | "freezes" | "slowStarts"> {
  return {
    paging: seed % 2 === 0,
    compaction: seed % 4 < 2,
    freezes: seed % 8 < 4,
    slowStarts: seed % 16 < 8,
  };
}
