import type { CollectionName } from "@safelight/shared";
import type { RecordPlace } from "../scrub.ts";

/** What names a blob. */
export interface BlobReference {
  /** Some of the records that name it, by a reference or an address; none if the hash stands elsewhere alone. */
  readonly records: RecordPlace[];
}

/** Everything that may name a blob, by hash. */
export type BlobReferences = Map<string, BlobReference>;

const MAX_RECORDS = 5;
/** Any text of 64 hexadecimal digits may be somebody's reference: too many are held rather than one too few. */
const HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
const NAMING = /(?:"sha256":\s?"|\/api\/blobs\/)$/;
const NAMING_LENGTH = 16;
/** Text at the end of a piece that may be the start of a hash. */
export const HASH_OVERLAP = 65;

/** Takes in what a record's text names. */
export function noteRecord(
  references: BlobReferences,
  place: { readonly collection: CollectionName; readonly id: string },
  json: string,
): void {
  for (const match of json.matchAll(HASH)) {
    const [hash] = match;
    const reference = references.get(hash) ?? { records: [] };
    references.set(hash, reference);
    const before = json.slice(Math.max(0, match.index - NAMING_LENGTH), match.index);
    if (!NAMING.test(before) || reference.records.length >= MAX_RECORDS) continue;
    const isKnown = reference.records.some(
      ({ collection, id }) => collection === place.collection && id === place.id,
    );
    if (!isKnown) reference.records.push({ collection: place.collection, id: place.id });
  }
}

/** Takes in every hash of a text that is no record: a line of the journal, say. */
export function noteText(references: BlobReferences, text: string): void {
  for (const [hash] of text.matchAll(HASH)) if (!references.has(hash)) references.set(hash, { records: [] });
}
