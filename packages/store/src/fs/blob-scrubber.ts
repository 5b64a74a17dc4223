import { type BlobReferences, noteRecord } from "../core/blob-references.ts";
import { isPastGrace, judgeBlobs, MAX_LISTED, unreferencedFiles } from "../core/judge-blobs.ts";
import { createScrubPace } from "../core/scrub-pace.ts";
import {
  newRound,
  parseScrubMemory,
  type ScrubMemory,
  scrubMemoryText,
  type ScrubRound,
} from "../core/scrub-round.ts";
import type { StagedCommit } from "../core/staging.ts";
import type { StoreState } from "../core/store-state.ts";
import { pause } from "../pause.ts";
import type { BlobUpkeep, DamagedBlob, RemovalReport, ScrubOptions, ScrubReport } from "../scrub.ts";
import type { StoreError } from "../store-error.ts";
import type { BlobChecker } from "./blob-checker.ts";
import { allBlobs, blobFolders, blobsIn, type FoundBlob } from "./blob-files.ts";
import type { FileBlobs } from "./file-blobs.ts";
import { noteState, noteVersions } from "./file-references.ts";
import type { FsPort } from "./fs-port.ts";

export interface BlobScrubberOptions {
  readonly fs: FsPort;
  readonly state: StoreState;
  readonly blobs: Pick<FileBlobs, "discard">;
  readonly checker: BlobChecker;
  /** Current time in epoch ms. */
  readonly now: () => number;
  readonly refusal: () => StoreError | undefined;
  readonly mayWrite: () => boolean;
  /** Resolves when no commit is on its way. */
  readonly commitsIdle: () => Promise<void>;
  readonly onReport: (report: ScrubReport) => void;
}

export interface BlobScrubber extends BlobUpkeep {
  /** Takes in what a commit names, while somebody looks for what is not named. */
  note(commit: StagedCommit): void;
  /** Ends a round that is under way. */
  stop(): Promise<void>;
}

/** Where it stands between rounds. */
export const SCRUB_MEMORY_FILE = "cache/scrub.json";
/** Least time between two savings of the place. */
const SAVE_EVERY_MS = 5000;

export function createBlobScrubber(options: BlobScrubberOptions): BlobScrubber {
  const { fs, state, blobs, checker, now, refusal, mayWrite, commitsIdle, onReport } = options;
  const collecting = new Set<BlobReferences>();
  const stopping = new AbortController();
  let running: Promise<ScrubReport | undefined> | undefined;
  let memory: ScrubMemory | undefined;
  const nowIso = () => new Date(now()).toISOString();

  async function remembered(): Promise<ScrubMemory> {
    if (memory !== undefined) return memory;
    const isThere = (await fs.info(SCRUB_MEMORY_FILE))?.kind === "file";
    memory = parseScrubMemory(isThere ? (await fs.readFile(SCRUB_MEMORY_FILE)).toString() : "");
    return memory;
  }

  async function remember(next: ScrubMemory): Promise<void> {
    memory = next;
    if (!mayWrite()) return;
    await fs.makeFolder("cache");
    await fs.replaceSmallFile(SCRUB_MEMORY_FILE, scrubMemoryText(next));
  }

  /** Reads on from where the round stands. Rejects with the signal's reason, the place saved. */
  async function checkAll(given: ScrubOptions, signal: AbortSignal): Promise<ScrubRound> {
    const { round: before, last } = await remembered();
    let round = before ?? newRound(nowIso());
    const pace = createScrubPace({ ...given, signal }, given.pause ?? pause);
    let savedAtMs = now();
    try {
      for (const folder of await blobFolders(fs)) {
        if (folder < round.after.slice(0, 2)) continue;
        for (const blob of await blobsIn(fs, folder)) {
          if (blob.sha256 <= round.after) continue;
          await pace.spent(0);
          const damage = await checker.check(blob, (bytes) => pace.spent(bytes));
          round = advanced(round, blob, damage);
          if (now() - savedAtMs < SAVE_EVERY_MS) continue;
          savedAtMs = now();
          await remember({ round, last });
        }
      }
      return round;
    } catch (error) {
      await remember({ round, last });
      throw error;
    }
  }

  async function withReferences<T>(
    work: (references: BlobReferences, isWhole: boolean) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const references: BlobReferences = new Map();
    // Commits from here on tell by themselves what they name.
    collecting.add(references);
    try {
      await noteState(references, state);
      const isWhole = await noteVersions(references, fs, signal);
      return await work(references, isWhole);
    } finally {
      collecting.delete(references);
    }
  }

  async function report(round: ScrubRound, signal: AbortSignal): Promise<ScrubReport> {
    return withReferences(async (references, isWhole) => {
      const judged = judgeBlobs(await allBlobs(fs), references, { nowMs: now(), changedAt });
      const { startedAt, checkedBlobs, checkedBytes, damagedCount, damaged } = round;
      return {
        startedAt,
        endedAt: nowIso(),
        checkedBlobs,
        checkedBytes,
        damagedCount,
        damaged,
        ...judged,
        ...(!isWhole && { unreferencedCount: 0, unreferencedBytes: 0, unreferenced: [] }),
        isHistoryUnread: !isWhole,
      };
    }, signal);
  }

  function changedAt({ collection, id }: { collection: Parameters<StoreState["entry"]>[0]; id: string }) {
    const json = state.entry(collection, id)?.json ?? "";
    return /"updatedAt":"([^"]{1,40})"/.exec(json)?.[1] ?? "";
  }

  async function scrub(given: ScrubOptions): Promise<ScrubReport | undefined> {
    const signals = given.signal === undefined ? [stopping.signal] : [stopping.signal, given.signal];
    const signal = AbortSignal.any(signals);
    try {
      signal.throwIfAborted();
      const round = await checkAll(given, signal);
      const last = await report(round, signal);
      await remember({ round: undefined, last });
      onReport(last);
      return last;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  async function removeUnreferenced(): Promise<RemovalReport> {
    const refused = refusal();
    if (refused !== undefined) throw refused;
    const isOld = (mtimeMs: number) => isPastGrace({ mtimeMs }, now());
    return withReferences(async (references, isWhole) => {
      let removed = 0;
      let removedBytes = 0;
      const unnamed = isWhole ? unreferencedFiles(await allBlobs(fs), references) : [];
      for (const { sha256, sizeBytes, mtimeMs } of unnamed) {
        if (!mayWrite() || stopping.signal.aborted) break;
        if (!isOld(mtimeMs) || references.has(sha256)) continue;
        const isNamed = async () => {
          await commitsIdle();
          return references.has(sha256);
        };
        if (!(await blobs.discard(sha256, { isOld, isNamed }))) continue;
        removed += 1;
        removedBytes += sizeBytes;
      }
      return { removed, removedBytes };
    });
  }

  return {
    scrub(given = {}) {
      running ??= scrub(given).finally(() => {
        running = undefined;
      });
      return running;
    },
    lastScrub: async () => (await remembered()).last,
    removeUnreferenced,
    note({ effect }) {
      if (collecting.size === 0) return;
      for (const { collection, id, json } of effect?.entries ?? []) {
        if (json === undefined) continue;
        for (const references of collecting) noteRecord(references, { collection, id }, json);
      }
    },
    async stop() {
      stopping.abort();
      // Whoever asked for it hears of its end.
      await running?.catch(() => undefined);
    },
  };
}

function advanced(round: ScrubRound, blob: FoundBlob, damage: DamagedBlob | undefined): ScrubRound {
  const counted = {
    ...round,
    after: blob.sha256,
    checkedBlobs: round.checkedBlobs + 1,
    checkedBytes: round.checkedBytes + blob.sizeBytes,
  };
  if (damage === undefined) return counted;
  const damaged = [...round.damaged, damage].slice(0, MAX_LISTED);
  return { ...counted, damaged, damagedCount: round.damagedCount + 1 };
}
