import { type CollectionName, definitionOf } from "@safelight/shared";
import { familyOf } from "./document-homes.ts";
import { type Entry, parseRecord } from "./entry.ts";

/** A readable name that a record asks for: `path` is relative to the data folder. */
export interface ReadableName {
  readonly path: string;
  readonly sha256: string;
}

/** Folders that hold readable names and nothing that the store itself needs. */
const FOLDER = /^(?:uploads|generated|gallery\/[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,126}[A-Za-z0-9_~-])?)$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,254}$/;

/** Whether a collection's records have readable names at all. */
export function hasReadableNames(collection: CollectionName): boolean {
  return definitionOf(collection).readableFile !== undefined;
}

/**
 * The readable name that a record has now. `undefined` for one in the trash, one without bytes, and one whose name would
 * leave its folder or take the place of a document.
 */
export function readableNameOf(entry: Entry): ReadableName | undefined {
  const { readableFile } = definitionOf(entry.collection);
  if (readableFile === undefined || entry.json === undefined) return undefined;
  const record = entry.parsed ?? parseRecord(entry.json);
  if (record.deletedAt !== undefined) return undefined;
  const file = readableFile(record);
  if (file === undefined || !FOLDER.test(file.folder) || !NAME.test(file.name)) return undefined;
  const path = `${file.folder}/${file.name}`;
  if (familyOf(path.replace(/\.(?:backup|tmp)$/, "")) !== undefined) return undefined;
  return { path, sha256: file.sha256 };
}
