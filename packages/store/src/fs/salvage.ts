import { type AnyRecord, findForbiddenKey, isJsonObject } from "@safelight/shared";
import { familyOf, homeOf } from "../core/document-homes.ts";
import { type Entry, inSchemaOrder } from "../core/entry.ts";
import { newEntry } from "../core/replay.ts";
import { definitionOf } from "@safelight/shared";
import { bytesOf } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";

/**
 * Single records out of a document and its `.backup` of which neither is readable as a whole, the latest state of each.
 * `undefined` when both are missing: there is nothing to save then, and something to say.
 */
export async function salvageEntries(fs: FsPort, path: string): Promise<readonly Entry[] | undefined> {
  const latest = new Map<string, Entry>();
  let present = false;
  for (const file of [`${path}.backup`, path]) {
    if ((await fs.info(file))?.kind !== "file") continue;
    present = true;
    for (const entry of readLines(path, await bytesOf(fs, file))) {
      const key = `${entry.collection}/${entry.id}`;
      if ((latest.get(key)?.seq ?? 0) <= entry.seq) latest.set(key, entry);
    }
  }
  return present ? [...latest.values()] : undefined;
}

function* readLines(path: string, bytes: Buffer): Generator<Entry> {
  const family = familyOf(path);
  let collection = family?.collections.length === 1 ? family.collections[0] : undefined;
  for (const text of bytes.toString().split("\n")) {
    const section = /^"(\w+)":\[/.exec(text)?.[1];
    if (section !== undefined) collection = family?.collections.find((name) => name === section);
    const value = parse(text.replace(/,$/, ""));
    if (value === undefined || collection === undefined) continue;
    const { seq, ...fields } = value;
    const record = fields as AnyRecord;
    if (typeof record.id !== "string" || homeOf(collection, record) !== path) continue;
    yield newEntry({
      seq: typeof seq === "number" ? seq : 0,
      collection,
      id: record.id,
      op: "update",
      json: JSON.stringify(inSchemaOrder(definitionOf(collection), record)),
      conflict: undefined,
      home: path,
    });
  }
}

function parse(text: string) {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && findForbiddenKey(value) === undefined ? value : undefined;
  } catch {
    // A damaged line is what salvage expects.
    return undefined;
  }
}
