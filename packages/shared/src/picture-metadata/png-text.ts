import { crc32 } from "./crc32.ts";
import { ascii, concatBytes, decodeText, encodeUtf8, inflate, startsWith, viewOf } from "./platform.ts";

/** Texts of a picture by keyword. */
export type PictureTexts = ReadonlyMap<string, string>;

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
const MAX_TEXTS = 64;
const TEXT_TYPES: ReadonlySet<string> = new Set(["tEXt", "zTXt", "iTXt"]);

interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** The chunk with its length and checksum. */
  readonly whole: Uint8Array;
}

export function isPng(bytes: Uint8Array): boolean {
  return startsWith(bytes, SIGNATURE);
}

/** The chunks up to the end, or to where the file breaks off. */
function* chunksOf(bytes: Uint8Array): Generator<PngChunk> {
  const view = viewOf(bytes);
  for (let at = SIGNATURE.length; at + 12 <= bytes.byteLength;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.byteLength) return;
    const type = decodeText(bytes.subarray(at + 4, at + 8), "latin1");
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    if (type === "IEND") return;
    at = end;
  }
}

/** Every text of a PNG, wherever it stands; of two with one keyword the first. Damaged and huge ones are left out. */
export async function readPngTexts(bytes: Uint8Array): Promise<PictureTexts> {
  const texts = new Map<string, string>();
  if (!isPng(bytes)) return texts;
  for (const { type, data } of chunksOf(bytes)) {
    if (!TEXT_TYPES.has(type) || data.byteLength > MAX_TEXT_BYTES) continue;
    const keywordEnd = data.indexOf(0);
    if (keywordEnd < 1 || keywordEnd > 79) continue;
    const keyword = decodeText(data.subarray(0, keywordEnd), "latin1");
    if (texts.has(keyword)) continue;
    const text = await textOf(type, data.subarray(keywordEnd + 1));
    if (text !== undefined) texts.set(keyword, text);
    if (texts.size >= MAX_TEXTS) break;
  }
  return texts;
}

async function textOf(type: string, rest: Uint8Array): Promise<string | undefined> {
  // Writers that know no better put UTF-8 into tEXt, where the standard wants Latin-1.
  if (type === "tEXt") return utf8OrLatin1(rest);
  if (type === "zTXt") {
    const plain = await inflate(rest.subarray(1), MAX_TEXT_BYTES);
    return plain === undefined ? undefined : utf8OrLatin1(plain);
  }
  const [isCompressed] = rest;
  const languageEnd = rest.indexOf(0, 2);
  const translatedEnd = languageEnd === -1 ? -1 : rest.indexOf(0, languageEnd + 1);
  if (translatedEnd === -1) return undefined;
  const body = rest.subarray(translatedEnd + 1);
  const plain = isCompressed === 1 ? await inflate(body, MAX_TEXT_BYTES) : body;
  return plain === undefined ? undefined : decodeText(plain, "utf-8");
}

function utf8OrLatin1(bytes: Uint8Array): string {
  const text = decodeText(bytes, "utf-8");
  return text.includes("\uFFFD") ? decodeText(bytes, "latin1") : text;
}

/**
 * The same picture with `texts` as iTXt before the pixels, in place of texts of the same keywords. Every other byte
 * stays. `undefined` for what is not a whole PNG.
 */
export function writePngTexts(bytes: Uint8Array, texts: PictureTexts): Uint8Array | undefined {
  if (!isPng(bytes)) return undefined;
  const parts: Uint8Array[] = [SIGNATURE];
  let isWritten = false;
  let isWhole = false;
  for (const { type, data, whole } of chunksOf(bytes)) {
    if (type === "IDAT" && !isWritten) {
      isWritten = true;
      for (const [keyword, text] of texts) parts.push(internationalText(keyword, text));
    }
    if (type === "IEND") isWhole = true;
    if (!TEXT_TYPES.has(type) || !texts.has(keywordOf(data))) parts.push(whole);
  }
  return isWritten && isWhole ? concatBytes(parts) : undefined;
}

function keywordOf(data: Uint8Array): string {
  return decodeText(data.subarray(0, Math.max(0, data.indexOf(0))), "latin1");
}

function internationalText(keyword: string, text: string): Uint8Array {
  // Keyword, end; not compressed, method 0; no language, no translated keyword.
  const data = concatBytes([ascii(keyword), Uint8Array.of(0, 0, 0, 0, 0), encodeUtf8(text)]);
  const typed = concatBytes([ascii("iTXt"), data]);
  const chunk = new Uint8Array(typed.byteLength + 8);
  const view = viewOf(chunk);
  view.setUint32(0, data.byteLength);
  chunk.set(typed, 4);
  view.setUint32(typed.byteLength + 4, crc32(typed));
  return chunk;
}
