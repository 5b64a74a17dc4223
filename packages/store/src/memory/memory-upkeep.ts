import { createHash } from "node:crypto";
import { type BlobReferences, noteRecord } from "../core/blob-references.ts";
import { sumBlobKinds } from "../core/blob-kinds.ts";
import { countCollections } from "../core/count-collections.ts";
import { isPastGrace, judgeBlobs, unreferencedFiles } from "../core/judge-blobs.ts";
import type { StagedCommit } from "../core/staging.ts";
import type { StoreState } from "../core/store-state.ts";
import type { DamagedBlob, ScrubReport } from "../scrub.ts";
import type { FileSizes } from "../storage-report.ts";
import type { StoreUpkeep } from "../store.ts";
import { COLLECTION_NAMES, extensionOf } from "@safelight/shared";
import type { MemoryBlobs } from "./memory-blobs.ts";

export interface MemoryUpkeep {
  note(commit: StagedCommit): void;
  /** The part of it that the store offers. */
  readonly offered: StoreUpkeep;
}

const NO_FILES: FileSizes = { files: 0, sizeBytes: 0 };

/** The same as in files, as far as memory has it: nothing can go bad here, but it can be missing or unnamed. */
export function createMemoryUpkeep(state: StoreState, blobs: MemoryBlobs, now: () => number): MemoryUpkeep {
  /** Everything that any version ever named: the past stays here as long as the process. */
  const everNamed: BlobReferences = new Map();
  let last: ScrubReport | undefined;

  async function scrub(): Promise<ScrubReport> {
    const startedAt = new Date(now()).toISOString();
    const references: BlobReferences = new Map([...everNamed.keys()].map((hash) => [hash, { records: [] }]));
    for (const collection of COLLECTION_NAMES) {
      for (const { id, json } of state.entries(collection).values()) {
        if (json !== undefined) noteRecord(references, { collection, id }, json);
      }
    }
    const files = blobs.files();
    const damaged: DamagedBlob[] = [];
    for (const { sha256, sizeBytes } of files) {
      const bytes = await blobs.bytes(sha256);
      const found = createHash("sha256").update(bytes).digest("hex");
      if (found !== sha256) damaged.push({ sha256, sizeBytes, state: "damaged" });
    }
    const changedAt = ({ collection, id }: { collection: (typeof COLLECTION_NAMES)[number]; id: string }) =>
      /"updatedAt":"([^"]{1,40})"/.exec(state.entry(collection, id)?.json ?? "")?.[1] ?? "";
    last = {
      startedAt,
      endedAt: new Date(now()).toISOString(),
      checkedBlobs: files.length,
      checkedBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      damagedCount: damaged.length,
      damaged,
      ...judgeBlobs(files, references, { nowMs: now(), changedAt }),
      isHistoryUnread: false,
    };
    return last;
  }

  const offered: StoreUpkeep = {
    scrub: async (options = {}) => (options.signal?.aborted === true ? undefined : scrub()),
    lastScrub: async () => last,
    async removeUnreferenced() {
      const gone = unreferencedFiles(blobs.files(), everNamed).filter((file) => isPastGrace(file, now()));
      for (const { sha256 } of gone) blobs.discard(sha256);
      return { removed: gone.length, removedBytes: gone.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
    },
    storageReport: async () => ({
      collections: countCollections(state),
      ...sumBlobKinds(
        blobs.files().map(({ mime, sizeBytes }) => ({ extension: extensionOf(mime), sizeBytes })),
      ),
      documents: [],
      journal: NO_FILES,
      history: NO_FILES,
      logs: NO_FILES,
      backups: NO_FILES,
      quarantine: NO_FILES,
      cache: NO_FILES,
    }),
  };

  return {
    offered,
    note({ effect }) {
      for (const { collection, id, json } of effect?.entries ?? []) {
        if (json !== undefined) noteRecord(everNamed, { collection, id }, json);
      }
    },
  };
}
