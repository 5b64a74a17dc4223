import { compact } from "./compact.ts";
import type { LeaderContext } from "./leader.ts";
import { trimAcked } from "./trim-acked.ts";

/** When the base is put in order. */
export interface UpkeepPolicy {
  readonly everyMs: number;
  /** Rows that may stand above the packs. */
  readonly rowsAbove: number;
  /** So many changes that come at once are a pack from the start. */
  readonly packFrom: number;
}

/** What the leader does now and then, for the start after next. */
export async function keepHouse({ mirror, clock, upkeep }: LeaderContext): Promise<void> {
  await trimAcked(mirror, clock.now());
  await compact(mirror, upkeep.rowsAbove);
}
