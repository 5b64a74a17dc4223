import type { CollectionName } from "@safelight/shared";

/** Files of one sort, in bytes as they are on disk. */
export interface FileSizes {
  readonly files: number;
  readonly sizeBytes: number;
}

export interface DocumentSize {
  /** Relative to the data folder. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the `.backup`; 0 where there is none. */
  readonly backupBytes: number;
}

/** What the studio keeps, and how much room it takes. */
export interface StorageReport {
  readonly collections: readonly {
    readonly collection: CollectionName;
    readonly records: number;
    /** Of these, those in the trash. */
    readonly trashed: number;
    /** Of the records' JSON, in UTF-16 units. */
    readonly jsonLength: number;
  }[];
  readonly blobs: FileSizes;
  /** Blobs by what their bytes are: `image`, `video`, `audio`, `other`; largest first. */
  readonly blobKinds: readonly (FileSizes & { readonly kind: string })[];
  /** Largest first. */
  readonly documents: readonly DocumentSize[];
  readonly journal: FileSizes;
  readonly history: FileSizes;
  readonly logs: FileSizes;
  readonly backups: FileSizes;
  readonly quarantine: FileSizes;
  readonly cache: FileSizes;
}
