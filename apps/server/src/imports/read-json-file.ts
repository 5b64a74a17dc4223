import { isJsonObject } from "@safelight/shared";
import { readWhole, type SourceFolder } from "./source-folder.ts";

/** Largest JSON file: what one text can hold, with room to spare. */
const MAX_JSON_BYTES = 400 * 1024 * 1024;
const SAFELIGHT_HEAD = /^\s*\{"version":\d+,"savedAt":"[^"]*","seq":\d+,"checksum":"/;

export const OWN_DOCUMENT =
  "it is a document of Safelight itself (its header has seq and checksum). It needs no import: put the whole data folder " +
  "in place and start with DATA_DIR, or copy the document over the one in a stopped studio's data folder";

/** What a file holds. */
export type JsonRead =
  | { readonly kind: "value"; readonly value: unknown; readonly note: string | undefined }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "absent" };

type OneRead =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "damaged"; readonly reason: string }
  | Extract<JsonRead, { kind: "refused" | "absent" }>;

/** Reads a JSON file of an older app; one that is damaged or gone is read from the `.backup` beside it. */
export async function readJsonFile(source: SourceFolder, name: string): Promise<JsonRead> {
  const first = await readOne(source, name);
  if (first.kind === "value") return { ...first, note: undefined };
  if (first.kind === "refused") return first;
  const backup = await readOne(source, `${name}.backup`);
  const why = first.kind === "damaged" ? first.reason : "it is gone";
  if (backup.kind === "value") {
    return { ...backup, note: `${why}; ${name}.backup, the version before, was read instead` };
  }
  if (first.kind === "absent") return backup.kind === "damaged" ? refused(backup.reason) : backup;
  if (backup.kind === "absent") return refused(`${why}, and there is no ${name}.backup`);
  return refused(`${why}, and so is ${name}.backup: ${backup.reason}`);
}

async function readOne(source: SourceFolder, name: string): Promise<OneRead> {
  const file = await source.locate(name);
  if (file === undefined) return { kind: "absent" };
  if (file.sizeBytes > MAX_JSON_BYTES) {
    return refused(`it is larger than ${MAX_JSON_BYTES} bytes, the most that is read as one text`);
  }
  const text = (await readWhole(file)).toString("utf8").replace(/^\uFEFF/, "");
  if (SAFELIGHT_HEAD.test(text)) return refused(OWN_DOCUMENT);
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value) && "seq" in value && "checksum" in value) return refused(OWN_DOCUMENT);
    return { kind: "value", value };
  } catch (error) {
    return {
      kind: "damaged",
      reason: `it is damaged (${error instanceof Error ? error.message : "no JSON"})`,
    };
  }
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
