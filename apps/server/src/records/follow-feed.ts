import type { Store, StoredChange } from "@safelight/store";

/** What keeps itself up to date from the store's feed of changes. */
export interface FeedFollower {
  /** Takes in one change, oldest first. */
  readonly take: (change: StoredChange) => void;
  /** Begins anew from all that is there: at first, in another epoch, or when the feed does not reach back far enough. */
  readonly rebuild: () => void;
}

/** Most changes taken in at a time. */
const PAGE = 5000;

/** A function that brings its follower up to what reads show now; it needs no closing, and costs what changed since. */
export function followFeed(store: Store, { take, rebuild }: FeedFollower): () => void {
  let epoch: string | undefined;
  let seq = 0;
  return () => {
    const cursor = store.cursor();
    if (cursor.epoch !== epoch || cursor.seq < seq) rebuild();
    else {
      let more = seq < cursor.seq;
      while (more) {
        const page = store.changesSince(seq, PAGE);
        if (page === undefined) {
          rebuild();
          break;
        }
        for (const change of page.changes) take(change);
        more = page.more;
        seq = page.seq;
      }
    }
    epoch = cursor.epoch;
    seq = cursor.seq;
  };
}
