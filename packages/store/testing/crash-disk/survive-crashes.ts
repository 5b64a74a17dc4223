import { expect } from "vitest";
import { commitSteps, newJob, shownState } from "../contract/contract-store.ts";
import { checkReach } from "./check-reach.ts";
import { createCrashDisk } from "./crash-disk.ts";
import { type CrashRun, openOn, promisedAt, recordCrashRun } from "./crash-run.ts";
import { type CrashState, crashStates } from "./crash-states.ts";
import { fingerprint } from "./disk-image.ts";

export interface SurviveOptions {
  readonly realFolder: string;
  readonly maxPerEvent: number;
  readonly seed: number;
  /** Of how many of the states one is struck again, while it recovers. */
  readonly againEvery?: number;
  /** Whether every past moment is read too, and there since the first. */
  readonly checksPast?: boolean;
}

/** How much was tried. */
export interface Survived {
  /** Crash states that were generated, and those among them that differ. */
  readonly states: number;
  readonly distinct: number;
  readonly again: number;
}

/** Findings that a loss of power explains: the end of the journal that nobody was told about. */
const EXPECTED_FINDINGS: ReadonlySet<string> = new Set(["journal.torn"]);

/** Opens the store on every state that a crash may have left of a run, and checks what it promised. */
export async function surviveCrashes(run: CrashRun, options: SurviveOptions): Promise<Survived> {
  const { image, events } = run.disk;
  const { maxPerEvent, seed, againEvery } = options;
  const checked = new Set<string>();
  let states = 0;
  let again = 0;
  for (const state of crashStates({ image, events, maxPerEvent, seed })) {
    states += 1;
    const promised = promisedAt(run, state.at);
    const key = `${fingerprint(state.image)} ${run.promises.indexOf(promised)}`;
    if (checked.has(key)) continue;
    checked.add(key);
    const recovered = await checkState(run, state, options);
    if (againEvery === undefined || checked.size % againEvery !== 0) continue;
    const { distinct } = await surviveCrashes(recovered, {
      realFolder: options.realFolder,
      maxPerEvent: Math.min(8, maxPerEvent),
      seed,
    });
    again += distinct;
  }
  return { states, distinct: checked.size, again };
}

/** Recovers one state, works on, closes, and opens once more. Returns what happened meanwhile. */
async function checkState(run: CrashRun, state: CrashState, options: SurviveOptions): Promise<CrashRun> {
  const { realFolder } = options;
  const promises = promisedAt(run, state.at);
  const where = `power lost after event ${state.at} (seed ${options.seed}): ${describe(state)}`;
  const recovered = await recordCrashRun({
    realFolder,
    image: state.image,
    before: { states: run.states, promises },
    async work({ store }) {
      const { seq, epoch } = store.cursor();
      expect(seq, where).toBeGreaterThanOrEqual(promises.seq);
      expect(shownState(store), where).toEqual(run.states.get(seq));
      if (promises.epoch !== undefined) expect(epoch, where).toBe(promises.epoch);
      const { state: phase, findings } = store.health();
      expect(phase, where).toBe("ok");
      const unexpected = findings.filter(({ code }) => !EXPECTED_FINDINGS.has(code));
      expect(unexpected, where).toEqual([]);
      if (options.checksPast === true) expect(await checkReach(store, run.states, where), where).toBe(0);
      for (const sha256 of promises.blobs) {
        const bytes = await store.blobs.bytes(sha256);
        expect(bytes.byteLength, where).toBe((await store.blobs.stat(sha256))?.sizeBytes);
        expect(await hashOf(bytes), where).toBe(sha256);
      }
      const highest = [...store.scan("jobs")].reduce((most, { number = 0 }) => Math.max(most, number), 0);
      const next = await commitSteps(store, newJob(`job-after-${seq}`));
      expect(next.seq, where).toBe(seq + 1);
      expect(store.get("jobs", `job-after-${seq}`)?.number, where).toBeGreaterThan(highest);
    },
  }).catch((error: unknown) => {
    throw new Error(where, { cause: error });
  });
  await checkReopened(recovered, realFolder, where);
  return recovered;
}

/** What is left on the disk when all was closed in peace. */
async function checkReopened(run: CrashRun, realFolder: string, where: string): Promise<void> {
  const { disk } = run;
  const last = [...crashStates({ image: disk.image, events: disk.events, maxPerEvent: 1, seed: 1 })].at(-1);
  const store = await openOn(createCrashDisk({ realFolder, ...(last && { image: last.image }) }));
  const promises = promisedAt(run, disk.events.length);
  expect(store.cursor(), where).toEqual({ seq: promises.seq, epoch: promises.epoch });
  expect(shownState(store), where).toEqual(run.states.get(promises.seq));
  expect(store.health(), where).toMatchObject({ state: "ok", findings: [] });
  await store.close();
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes))).toString("hex");
}

function describe({ image }: CrashState): string {
  return [...image.names]
    .map(([path, node]) => [path, image.nodes.get(node)] as const)
    .filter(([, node]) => node?.kind === "file")
    .map(([path, node]) => `${path} (${node?.bytes.length} bytes)`)
    .join(", ");
}
