import type { Link } from "../ports.ts";
import type { SyncStatus } from "../sync-client.ts";

/** Why a write is not on this device's disk. */
export type Unkept = Pick<Extract<SyncStatus, { state: "not-saved" }>, "reason" | "cause">;

/** Everything that the status says is said from these. */
export interface StatusFacts {
  /** Mutations and blobs that the server does not have, or that the base has not caught up with. */
  readonly waiting: number;
  /** The disk may hold what this tab does not know of. */
  readonly behind: boolean;
  readonly attention: number;
  /** Why this device could not keep a write, as long as one is not kept. */
  readonly unkept: Unkept | undefined;
  readonly storage: "disk" | "memory";
  readonly link: Link;
  readonly savedAt: string | undefined;
}

const IN_MEMORY = "This window keeps nothing after it closes, and the server has not got everything yet.";

/** The one place where the status is decided. `saved` is never said while anything waits. */
export function deriveStatus(facts: StatusFacts): SyncStatus {
  const { link } = facts;
  const waiting = facts.waiting === 0 && facts.behind ? 1 : facts.waiting;
  if (facts.unkept !== undefined) return { state: "not-saved", ...facts.unkept };
  if (facts.attention > 0) return { state: "needs-attention", count: facts.attention, waiting };
  if (waiting === 0) return { state: "saved", at: facts.savedAt };
  if (link === "online" || link === "connecting") return { state: "saving", waiting };
  if (facts.storage === "memory") return { state: "not-saved", reason: IN_MEMORY, cause: "memory" };
  return { state: "on-device", waiting, reason: link };
}

export function sameStatus(left: SyncStatus, right: SyncStatus): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
