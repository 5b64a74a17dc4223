import { definitionOf, type JsonObject } from "@safelight/shared";
import { counterKey, DOCUMENT_FAMILIES, type DocumentFamily, scopeOfPath } from "../core/document-homes.ts";
import type { Entry } from "../core/entry.ts";
import { type DocumentReading, readDocument } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";

type Good = Extract<DocumentReading, { kind: "good" }>;

/** A document as it was found, and which of its files counts. */
export interface FoundDocument {
  readonly path: string;
  readonly main: DocumentReading;
  /** Read only when the main file does not count by itself. */
  readonly backup: DocumentReading | undefined;
  /** The file that counts; absent when neither does. */
  readonly source: Good | undefined;
}

export const CLIENTS_DOCUMENT = "clients.json";
export const TOMBSTONES_DOCUMENT = "tombstones.json";

/** Finds all documents, those of which only a `.backup` is left too. */
export async function findDocumentPaths(fs: FsPort): Promise<readonly string[]> {
  const found = new Set<string>([CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT]);
  for (const family of DOCUMENT_FAMILIES) {
    for (const path of await pathsOfFamily(fs, family)) found.add(path);
  }
  return [...found];
}

async function pathsOfFamily(fs: FsPort, { pattern }: DocumentFamily): Promise<readonly string[]> {
  const star = pattern.indexOf("*");
  if (star < 0) return [pattern];
  const folder = pattern.slice(0, pattern.lastIndexOf("/", star));
  const inside = pattern.slice(star + 1);
  const names = await fs.list(folder);
  // `editor/*.json` is a file in the folder, `gallery/*/metadata.json` a file in a folder in it.
  const paths = inside.startsWith("/")
    ? names.map((name) => `${folder}/${name}${inside}`)
    : names
        .filter((name) => !name.endsWith(".tmp"))
        .map((name) => `${folder}/${name.replace(/\.backup$/, "")}`);
  const own = paths.filter((path) => scopeOfPath({ pattern, collections: [] }, path) !== undefined);
  const present: string[] = [];
  for (const path of new Set(own)) {
    const there = (await fs.info(path)) ?? (await fs.info(`${path}.backup`));
    if (there !== undefined) present.push(path);
  }
  return present;
}

/** Reads a document, and its `.backup` when the file in place does not count or is older than `floor`. */
export async function loadDocument(fs: FsPort, path: string, floor: number): Promise<FoundDocument> {
  const main = await readDocument(fs, path);
  if (main.kind === "good" && main.seq >= floor) {
    return { path, main, backup: undefined, source: main };
  }
  const backup = await readDocument(fs, `${path}.backup`, path);
  const good = [main, backup].filter((reading): reading is Good => reading.kind === "good");
  const source = good.toSorted((a, b) => b.seq - a.seq)[0];
  return { path, main, backup, source };
}

/** Records of a good document. Those of an array that no collection of its family has the name of are left out. */
export function entriesOf(family: DocumentFamily, reading: Good): readonly Entry[] {
  const lists = family.collections.map((collection) => reading.entries.get(collection) ?? []);
  return lists.length === 1 ? (lists[0] ?? []) : lists.flat();
}

/** The running counts that a document's header remembers. */
export function countersOf(
  path: string,
  family: DocumentFamily,
  header: JsonObject,
): readonly { readonly key: string; readonly value: number }[] {
  const scope = scopeOfPath(family, path);
  if (scope === undefined) return [];
  return family.collections.flatMap((collection) => {
    const { counter } = definitionOf(collection);
    const value = counter === undefined ? undefined : header[counter.header];
    return typeof value === "number" ? [{ key: counterKey(collection, scope), value }] : [];
  });
}
