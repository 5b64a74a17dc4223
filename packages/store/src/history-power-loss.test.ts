import { expect, it } from "vitest";
import { commitSteps, edit, newStyle } from "../testing/contract/contract-store.ts";
import { checkReach } from "../testing/crash-disk/check-reach.ts";
import { createCrashDisk } from "../testing/crash-disk/crash-disk.ts";
import { type CrashWork, openOn, recordCrashRun } from "../testing/crash-disk/crash-run.ts";
import { crashStates } from "../testing/crash-disk/crash-states.ts";
import { fingerprint } from "../testing/crash-disk/disk-image.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

/** A journal that goes into the history, and a history that is pruned twice. */
async function prunesTwice({ store }: CrashWork): Promise<void> {
  await commitSteps(store, newStyle("style-1", "a"), newStyle("style-2", "quiet"), newStyle("style-3"));
  await commitSteps(store, edit("styles", "style-1", { name: "b" }));
  await store.checkpoint();
  await commitSteps(store, { op: "purge", collection: "styles", id: "style-3" });
  await commitSteps(store, edit("styles", "style-1", { name: "c" }), newStyle("style-4"));
  await store.checkpoint();
  await commitSteps(store, edit("styles", "style-2", { name: "late" }));
}

it("S112 knows every moment that it says it reaches, whenever the power goes while it prunes", async () => {
  const { path: realFolder, remove } = await temporaryFolder();
  let nowMs = Date.parse("2026-01-01T00:00:00.000Z");
  // Each look at the clock is a minute later than the one before, so that pruning is due each time.
  const now = () => (nowMs += 60_000 * 11);
  const options = { now, segmentBytes: 1, carryBytes: Number.NEGATIVE_INFINITY, history: { maxBytes: 0 } };
  try {
    const run = await recordCrashRun({ realFolder, work: prunesTwice, store: options });
    const { image, events } = run.disk;
    const checked = new Set<string>();
    const reached = new Set<number>();
    for (const state of crashStates({ image, events, maxPerEvent: 5, seed: 7 })) {
      const key = fingerprint(state.image);
      if (checked.has(key)) continue;
      checked.add(key);
      const store = await openOn(createCrashDisk({ realFolder, image: state.image }), {
        carryBytes: Number.POSITIVE_INFINITY,
      });
      reached.add(await checkReach(store, run.states, `power lost after event ${state.at}`));
      expect(store.health().findings.filter(({ code }) => code !== "journal.torn")).toEqual([]);
      await store.close();
    }
    // What was pruned is out of reach, and each time only that.
    expect([...reached].sort((a, b) => a - b)).toEqual([0, 3, 4]);
  } finally {
    await remove();
  }
}, 120_000);
