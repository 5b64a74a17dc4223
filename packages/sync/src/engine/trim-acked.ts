import type { Mirror } from "./mirror.ts";

/** How long what was acknowledged is kept, for a studio that is restored to an earlier time, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** Kept whatever the clock says: it may have jumped. */
const KEPT_ROWS = 1000;

/** Forgets acknowledged mutations of more than a day ago. */
export async function trimAcked(mirror: Mirror, nowMs: number): Promise<void> {
  const keys = await mirror.read(["acked"], (tables) => tables.acked.keys());
  if (keys.length <= KEPT_ROWS) return;
  await mirror.commit(
    ["acked"],
    async (tables) => {
      const rows = await tables.acked.page();
      const old = rows.slice(0, Math.max(0, rows.length - KEPT_ROWS));
      const drop = old.filter(([, { atMs }]) => nowMs - atMs > KEPT_MS).map(([n]) => n);
      return drop.length === 0 ? undefined : { acked: { drop } };
    },
    { mode: "cache" },
  );
}
