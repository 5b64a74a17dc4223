import type { AttentionDesk } from "./attention-desk.ts";
import type { BlobKeeper, BlobKeeperOptions } from "./blob-keeper.ts";
import type { Leader, LeaderShared } from "./leader.ts";
import type { Mirror } from "./mirror.ts";
import type { rebuild } from "./rebuild-base.ts";
import type { writeAnew } from "./write-anew.ts";

/** Parts of the engine that the first paint does not wait for. */
export interface LateLoads {
  readonly leader: () => Promise<{ readonly createLeader: (shared: LeaderShared) => Leader }>;
  readonly blobKeeper: () => Promise<{
    readonly createBlobKeeper: (options: BlobKeeperOptions) => BlobKeeper;
  }>;
  readonly attentionDesk: () => Promise<{
    readonly createAttentionDesk: (mirror: Mirror, onQueued: () => void) => AttentionDesk;
  }>;
  readonly writeAnew: () => Promise<{ readonly writeAnew: typeof writeAnew }>;
  readonly rebuild: () => Promise<{ readonly rebuild: typeof rebuild }>;
}

export const LATE_LOADS: LateLoads = {
  leader: () => import("./leader.ts"),
  blobKeeper: () => import("./blob-keeper.ts"),
  attentionDesk: () => import("./attention-desk.ts"),
  writeAnew: () => import("./write-anew.ts"),
  rebuild: () => import("./rebuild-base.ts"),
};
