import { scrubFindings } from "../core/scrub-findings.ts";
import type { StoreState } from "../core/store-state.ts";
import type { StoreUpkeep } from "../store.ts";
import type { StorageReport } from "../storage-report.ts";
import type { StoreError } from "../store-error.ts";
import { createBlobChecker } from "./blob-checker.ts";
import { type BlobScrubber, createBlobScrubber } from "./blob-scrubber.ts";
import type { FileBlobs } from "./file-blobs.ts";
import type { FsPort } from "./fs-port.ts";
import { measureStorage } from "./measure-storage.ts";
import type { Quarantine } from "./quarantine.ts";
import type { ReadableFiles } from "./readable-files.ts";
import { storeErrorOf } from "./store-error-of.ts";

export interface FileUpkeepOptions {
  readonly fs: FsPort;
  readonly state: StoreState;
  readonly blobs: FileBlobs;
  readonly readable: ReadableFiles;
  readonly quarantine: Quarantine;
  /** Current time in epoch ms. */
  readonly now: () => number;
  readonly refusal: () => StoreError | undefined;
  readonly mayWrite: () => boolean;
  /** Resolves when no commit is on its way. */
  readonly commitsIdle: () => Promise<void>;
  readonly note: (code: string, message: string) => void;
}

/** What keeps a data folder in good order beside the commits. */
export interface FileUpkeep extends Pick<BlobScrubber, "note" | "stop"> {
  /** The part of it that the store offers. */
  readonly offered: StoreUpkeep;
}

export function createFileUpkeep(options: FileUpkeepOptions): FileUpkeep {
  const { fs, state, note } = options;
  const scrubber = createBlobScrubber({
    ...options,
    checker: createBlobChecker(options),
    onReport(report) {
      for (const { code, message } of scrubFindings(report)) note(code, message);
    },
  });
  let measuring: Promise<StorageReport> | undefined;
  return {
    note: (commit) => scrubber.note(commit),
    stop: () => scrubber.stop(),
    offered: {
      scrub: (given) => scrubber.scrub(given),
      lastScrub: () => scrubber.lastScrub(),
      removeUnreferenced: () =>
        scrubber.removeUnreferenced().catch((error: unknown) => {
          throw storeErrorOf(error);
        }),
      storageReport() {
        // With many blobs this takes a while: those who ask together get the same.
        measuring ??= measureStorage(fs, state).finally(() => {
          measuring = undefined;
        });
        return measuring;
      },
    },
  };
}
