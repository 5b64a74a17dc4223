import { IsoTime, Sha256 } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";

const Count = Type.Integer({ minimum: 0 });

/**
 * The first file of an archive, `manifest.json`. Beside it are `records/<collection>.json` (a record a line, the trash
 * included) and `blobs/<two digits>/<sha256>.<ext>`. Version 1: first.
 */
export const BackupManifest = Type.Object(
  {
    format: Type.Literal("safelight-backup"),
    version: Type.Literal(1),
    createdAt: IsoTime,
    epoch: Type.String(),
    /** The moment that all of it is of. */
    seq: Count,
    /** Records of each collection. */
    collections: Type.Record(Type.String(), Count),
    /** The highest numbers given, in `scope` where a collection has several counts. */
    counters: Type.Array(
      Type.Object(
        { collection: Type.String(), scope: Type.String(), value: Count },
        { additionalProperties: false },
      ),
    ),
    blobs: Type.Object({ count: Count, sizeBytes: Count }, { additionalProperties: false }),
    /** Blobs that records speak of and the studio does not have. */
    missingBlobs: Type.Array(Sha256),
  },
  { additionalProperties: false },
);
export type BackupManifest = Static<typeof BackupManifest>;

export const MANIFEST_NAME = "manifest.json";

export function recordsName(collection: string): string {
  return `records/${collection}.json`;
}

/** Lines that a collection's file has beside those of its records. */
export const FRAME_LINES = 2;

/** A collection's file in pieces: a line before, a line for each record, a line after. */
export function* recordsText(
  collection: string,
  seq: number,
  records: readonly { readonly json: string }[],
  sliceLength = 64 * 1024,
): Generator<string, void, undefined> {
  let slice = `{"collection":${JSON.stringify(collection)},"seq":${seq},"records":[\n`;
  for (const [at, { json }] of records.entries()) {
    slice += at === records.length - 1 ? `${json}\n` : `${json},\n`;
    if (slice.length < sliceLength) continue;
    yield slice;
    slice = "";
  }
  yield `${slice}]}\n`;
}

/** The hashes of all blobs that a record's JSON text speaks of. */
export function blobHashesIn(json: string): readonly string[] {
  if (!json.includes('"sha256":"') && !json.includes("/api/blobs/")) return [];
  return [...json.matchAll(/(?:"sha256":"|\/api\/blobs\/)([0-9a-f]{64})(?![0-9a-f])/g)].flatMap(
    ([, sha256]) => sha256 ?? [],
  );
}

/** The hash that a blob's entry is named by; `undefined` for other names. */
export function hashOfBlobName(name: string): string | undefined {
  return /^blobs\/[0-9a-f]{2}\/([0-9a-f]{64})\.[a-z0-9]+$/.exec(name)?.[1];
}
