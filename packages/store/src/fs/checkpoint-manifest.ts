import { crc32 } from "node:zlib";
import { isJsonObject } from "@safelight/shared";
import { bytesOf } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";
import { hexOf } from "./journal-codec.ts";
import { JOURNAL_FOLDER } from "./journal-writer.ts";

/**
 * Says that documents of these very versions hold everything up to `seq`, also those that were last written long before it.
 * Only speeds up opening and sharpens reports: without it, or with a damaged one, the journal is replayed further back.
 */
export interface CheckpointManifest {
  readonly seq: number;
  /** Per document, the `seq` of its header. */
  readonly documents: Readonly<Record<string, number>>;
}

const MANIFEST_FILE = `${JOURNAL_FOLDER}/checkpoint.json`;

export async function readManifest(fs: FsPort): Promise<CheckpointManifest | undefined> {
  if ((await fs.info(MANIFEST_FILE)) === undefined) return undefined;
  const [checksum, text] = splitOnce((await bytesOf(fs, MANIFEST_FILE)).toString());
  if (text === undefined || checksum !== hexOf(crc32(text))) return undefined;
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value) || typeof value["seq"] !== "number" || !isJsonObject(value["documents"])) {
    return undefined;
  }
  const documents = Object.entries(value["documents"]).filter(
    (pair): pair is [string, number] => typeof pair[1] === "number",
  );
  return { seq: value["seq"], documents: Object.fromEntries(documents) };
}

export async function writeManifest(fs: FsPort, manifest: CheckpointManifest): Promise<void> {
  const text = JSON.stringify(manifest);
  await fs.replaceSmallFile(MANIFEST_FILE, `${hexOf(crc32(text))} ${text}`);
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const space = text.indexOf(" ");
  return space < 0 ? [text, undefined] : [text.slice(0, space), text.slice(space + 1)];
}
