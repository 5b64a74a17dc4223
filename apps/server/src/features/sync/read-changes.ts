import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { changesPageBytes } from "./core/change-json.ts";
import { placeInSequence } from "./core/place-in-sequence.ts";

/** A `ChangesPage` as the bytes of its JSON. Throws a 410 problem when the client needs a snapshot. */
export function readChanges(
  store: Pick<Store, "cursor" | "changesSince">,
  since: string | undefined,
  limit: number,
): Buffer {
  const studio = store.cursor();
  const place = since === undefined ? { kind: "from" as const, seq: 0 } : placeInSequence(studio, since);
  const page = place.kind === "from" ? store.changesSince(place.seq, limit) : undefined;
  if (page === undefined) {
    throw new ProblemError(
      410,
      "sync.snapshot-needed",
      "The studio cannot tell the changes since that cursor. Take /api/sync/snapshot and go on from its cursor.",
    );
  }
  return changesPageBytes({ epoch: studio.epoch, seq: page.seq }, page.changes, page.more);
}
