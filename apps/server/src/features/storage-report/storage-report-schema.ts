import { type Static, Type } from "@sinclair/typebox";

const Bytes = Type.Integer({ minimum: 0 });
const Count = Type.Integer({ minimum: 0 });
const Files = Type.Object({ files: Count, sizeBytes: Bytes });
const Time = Type.String({ description: "ISO time" });

const LastScrub = Type.Object({
  startedAt: Time,
  endedAt: Time,
  checkedBlobs: Count,
  checkedBytes: Bytes,
  missingCount: Count,
  missing: Type.Array(
    Type.Object({
      sha256: Type.String(),
      records: Type.Array(Type.Object({ collection: Type.String(), id: Type.String() })),
      since: Type.String({ description: "when the newest of these records was changed" }),
    }),
    { description: "named by a record, and not here" },
  ),
  damagedCount: Count,
  damaged: Type.Array(
    Type.Object({
      sha256: Type.String(),
      sizeBytes: Bytes,
      state: Type.Union([Type.Literal("mended"), Type.Literal("damaged"), Type.Literal("unreadable")]),
      copy: Type.Optional(Type.String({ description: "relative to the data folder" })),
    }),
  ),
  unreferencedCount: Count,
  unreferencedBytes: Bytes,
  unreferenced: Type.Array(
    Type.Object({ sha256: Type.String(), sizeBytes: Bytes, storedAt: Time, isRemovable: Type.Boolean() }),
    { description: "here, and named by nothing" },
  ),
  isHistoryUnread: Type.Boolean(),
});

/** What the studio keeps, how much room it takes, and what the last scrub found. Lists are cut; counts are complete. */
export const StorageReportBody = Type.Object({
  collections: Type.Array(
    Type.Object({ collection: Type.String(), records: Count, trashed: Count, jsonLength: Count }),
  ),
  blobs: Files,
  blobKinds: Type.Array(Type.Object({ kind: Type.String(), files: Count, sizeBytes: Bytes })),
  documents: Type.Array(Type.Object({ path: Type.String(), sizeBytes: Bytes, backupBytes: Bytes }), {
    description: "largest first",
  }),
  documentCount: Count,
  documentBytes: Bytes,
  journal: Files,
  history: Files,
  logs: Files,
  backups: Files,
  quarantine: Files,
  cache: Files,
  lastScrub: Type.Optional(LastScrub),
});
export type StorageReportBody = Static<typeof StorageReportBody>;
