import type { StepResult } from "./store.ts";

/** Every way in which the store refuses or fails, with the HTTP status that a server answers. */
export const STORE_ERRORS = {
  "commit.rejected": { status: 422, message: "The change was refused; nothing was changed." },
  "store.full": { status: 507, message: "The disk is full. Free some space; work goes on by itself." },
  "store.read-only": {
    status: 503,
    message: "The studio is read-only after a disk fault. Check the disk, then restart.",
  },
  "store.closed": { status: 503, message: "The studio is shutting down." },
  "store.not-writable": {
    status: 503,
    message:
      "The data folder is read-only for the studio. Give it the right to write there, or mount the disk writable; work then goes on.",
  },
  "store.disk-fault": {
    status: 503,
    message:
      "The disk did not do what it was asked; what was there stays valid. Try again; if it goes on, check the disk.",
  },
  "store.locked": { status: 503, message: "Another process holds this data folder." },
  "store.lock-lost": {
    status: 503,
    message: "Another process took over this data folder; this one has stopped writing.",
  },
  "store.version": {
    status: 503,
    message: "The data folder was written by a newer Safelight; nothing was changed.",
  },
  "store.unreadable": { status: 503, message: "The data folder cannot be read; nothing was changed." },
  "store.not-mounted": {
    status: 503,
    message: "The data folder is empty though it was in use before; is its volume mounted?",
  },
  "store.gap": { status: 503, message: "A journal segment is missing; put it back, or restore a backup." },
  "store.busy": { status: 503, message: "Too many files are open; try again in a moment." },
  "history.missing": { status: 404, message: "The history has no such version of this record." },
  "history.out-of-reach": {
    status: 410,
    message: "The history does not reach back to that moment any more.",
  },
  "history.damaged": {
    status: 503,
    message:
      "Part of the history cannot be read; nothing more was changed. The findings say which file it is.",
  },
  "restore.refused": { status: 409, message: "The record cannot be restored as it is now." },
  "record.too-large": { status: 413, message: "The change is larger than the studio takes." },
  "blob.missing": { status: 404, message: "These bytes are not in the studio." },
  "blob.empty": { status: 400, message: "The file is empty." },
  "blob.too-large": { status: 413, message: "The file is larger than the studio takes." },
  "blob.mismatch": { status: 422, message: "The bytes do not have the hash that was announced." },
} as const satisfies Record<string, { status: number; message: string }>;

export type StoreErrorCode = keyof typeof STORE_ERRORS;

/** A refusal or failure of the store. Decide on `code`. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, options: { detail?: string; cause?: unknown } = {}) {
    super(
      options.detail ?? STORE_ERRORS[code].message,
      "cause" in options ? { cause: options.cause } : undefined,
    );
    this.code = code;
  }

  get status(): number {
    return STORE_ERRORS[this.code].status;
  }
}

/** A commit with `atomicity: "all"` of which a step was rejected; `results` says which, and why. */
export class CommitRejectedError extends StoreError {
  readonly results: readonly StepResult[];

  constructor(results: readonly StepResult[]) {
    const first = results.find((result) => result.status === "rejected");
    super("commit.rejected", first === undefined ? {} : { detail: first.message });
    this.results = results;
  }
}
