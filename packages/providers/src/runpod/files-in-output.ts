import { isRecord } from "../http/is-record.ts";
import type { ProviderResult } from "../provider.ts";

/** A file that a worker's output names or holds. */
export interface OutputFile {
  readonly type: ProviderResult["type"];
  readonly content: { readonly url: string } | { readonly bytes: Uint8Array };
  readonly mime: string | undefined;
  readonly fileName: string | undefined;
}

const MAX_DEPTH = 6;
const MAX_FILES = 100;
/** No file of use is shorter in base64. */
const MIN_BASE64 = 48;

const BY_ENDING: Readonly<Record<string, ProviderResult["type"]>> = {
  png: "image",
  jpg: "image",
  jpeg: "image",
  webp: "image",
  gif: "video",
  mp4: "video",
  webm: "video",
  mov: "video",
  safetensors: "lora",
  zip: "file",
  json: "file",
  txt: "file",
};

/**
 * Files in what a worker put out. Workers agree on nothing: addresses, data URLs and base64 are looked for anywhere in
 * it, and bytes are known by their beginning. The same file named twice counts once.
 */
export function filesInOutput(output: unknown, kind: "image" | "training"): readonly OutputFile[] {
  const files = new Map<string, OutputFile>();

  function walk(value: unknown, depth: number, name: string | undefined): void {
    if (depth > MAX_DEPTH || files.size >= MAX_FILES) return;
    if (typeof value === "string") {
      const file = fileIn(value, kind, name);
      if (file !== undefined && !files.has(payloadOf(value))) files.set(payloadOf(value), file);
    } else if (Array.isArray(value)) {
      for (const item of value) walk(item, depth + 1, name);
    } else if (isRecord(value)) {
      const own = value["filename"] ?? value["file_name"] ?? value["name"];
      for (const item of Object.values(value)) walk(item, depth + 1, typeof own === "string" ? own : name);
    }
  }

  walk(output, 0, undefined);
  return [...files.values()];
}

/** The part of a string that is the file: a data URL and bare base64 of one file are the same. */
function payloadOf(value: string): string {
  return value.startsWith("data:") ? value.slice(value.indexOf(",") + 1) : value;
}

function fileIn(
  value: string,
  kind: "image" | "training",
  fileName: string | undefined,
): OutputFile | undefined {
  if (/^https?:\/\/\S+$/.test(value)) {
    if (!URL.canParse(value)) return undefined;
    const type = typeByName(new URL(value).pathname) ?? (kind === "image" ? "image" : "lora");
    return { type, content: { url: value }, mime: undefined, fileName: fileName ?? value };
  }
  const [, mime] = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=-]+)*;base64,/.exec(value) ?? [];
  const payload = payloadOf(value);
  const isBase64 = payload.length >= MIN_BASE64 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(payload);
  if (!isBase64) return undefined;
  const bytes = Buffer.from(payload, "base64");
  const type = typeByBytes(bytes);
  return type === undefined ? undefined : { type, content: { bytes }, mime, fileName };
}

function typeByName(name: string): ProviderResult["type"] | undefined {
  return BY_ENDING[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""];
}

function typeByBytes(bytes: Buffer): ProviderResult["type"] | undefined {
  const at = (start: number, end: number) => bytes.subarray(start, end).toString("latin1");
  if (at(1, 4) === "PNG" || at(0, 3) === "\u00ff\u00d8\u00ff") return "image";
  if (at(0, 4) === "RIFF" && at(8, 12) === "WEBP") return "image";
  if (at(4, 8) === "ftyp" || at(0, 4) === "\u001aE\u00df\u00a3" || at(0, 4) === "GIF8") return "video";
  if (at(0, 4) === "PK\u0003\u0004") return "file";
  // A .safetensors file begins with the length of its header, which is JSON.
  const headerBytes = bytes.byteLength > 8 ? bytes.readBigUInt64LE(0) : 0n;
  if (headerBytes > 1n && headerBytes < BigInt(bytes.byteLength) && at(8, 9) === "{") return "lora";
  return undefined;
}
