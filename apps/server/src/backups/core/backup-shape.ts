import { IsoTime } from "@safelight/shared";
import { Type } from "@sinclair/typebox";

const Count = Type.Integer({ minimum: 0 });

/** A backup on the wire. */
export const BackupShape = Type.Object(
  {
    name: Type.String({ description: "a file in the data folder's backups/" }),
    createdAt: IsoTime,
    sizeBytes: Count,
    seq: Type.Integer({ minimum: 0, description: "the moment that it holds" }),
    records: Count,
    blobs: Count,
    missingBlobs: Type.Integer({ minimum: 0, description: "blobs that the studio did not have" }),
  },
  { additionalProperties: false },
);
