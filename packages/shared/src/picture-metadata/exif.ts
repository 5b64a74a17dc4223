import { ascii, concatBytes, decodeText, startsWith, viewOf } from "./platform.ts";

/** The texts of an EXIF block that generators of pictures write. */
export interface ExifTexts {
  readonly userComment?: string;
  readonly imageDescription?: string;
  /** ComfyUI keeps `prompt:` and `workflow:` here. */
  readonly make?: string;
  readonly model?: string;
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The twelve bytes as they stand, for copying. Offsets in them count from the start of the block. */
  readonly raw: Uint8Array;
  readonly value: Uint8Array;
}

const IMAGE_DESCRIPTION = 0x010e;
const MAKE = 0x010f;
const MODEL = 0x0110;
const EXIF_IFD = 0x8769;
const USER_COMMENT = 0x9286;
const TYPE_ASCII = 2;
const TYPE_LONG = 4;
const TYPE_UNDEFINED = 7;
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};
const MAX_ENTRIES = 1000;
const UNICODE = ascii("UNICODE\0");
const EMPTY_BLOCK = Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0);

/** Reads the texts of a TIFF block as JPEG and WebP carry it; what is damaged is left out. */
export function readExif(block: Uint8Array): ExifTexts {
  const isLittle = byteOrderOf(block);
  if (isLittle === undefined) return {};
  const main = entriesAt(block, viewOf(block).getUint32(4, isLittle), isLittle);
  const pointer = find(main, EXIF_IFD);
  const exif = pointer === undefined ? [] : entriesAt(block, longOf(pointer, isLittle), isLittle);
  const comment = find(exif, USER_COMMENT) ?? find(main, USER_COMMENT);
  const userComment = comment === undefined ? undefined : commentOf(comment.value, isLittle);
  const text = (tag: number) => textOf(find(main, tag)?.value);
  return definedOf({
    userComment,
    imageDescription: text(IMAGE_DESCRIPTION),
    make: text(MAKE),
    model: text(MODEL),
  });
}

/**
 * A block with these texts. Everything in `block` keeps its place, so that offsets into it stay true; new directories
 * are appended and take over the entries of the old ones.
 */
export function writeExif(
  block: Uint8Array | undefined,
  texts: Required<Pick<ExifTexts, "userComment" | "imageDescription">>,
): Uint8Array {
  const isUsable = block !== undefined && byteOrderOf(block) !== undefined;
  const base = padded(isUsable ? block : EMPTY_BLOCK);
  const isLittle = byteOrderOf(base) === true;
  const main = entriesAt(base, viewOf(base).getUint32(4, isLittle), isLittle);
  const pointer = find(main, EXIF_IFD);
  const exif = pointer === undefined ? [] : entriesAt(base, longOf(pointer, isLittle), isLittle);

  const parts: Uint8Array[] = [base];
  let end = base.byteLength;
  const append = (bytes: Uint8Array): number => {
    const at = end;
    const even = padded(bytes);
    parts.push(even);
    end += even.byteLength;
    return at;
  };
  const comment = concatBytes([UNICODE, utf16(texts.userComment, isLittle)]);
  const commentAt = append(comment);
  const newExif = [
    ...without(exif, USER_COMMENT),
    rawEntry(USER_COMMENT, TYPE_UNDEFINED, comment.byteLength, commentAt, isLittle),
  ];
  const exifAt = append(directory(newExif, isLittle));
  const description = concatBytes([ascii(texts.imageDescription), Uint8Array.of(0)]);
  const descriptionAt = append(description);
  const newMain = [
    ...without(main, IMAGE_DESCRIPTION, EXIF_IFD),
    rawEntry(IMAGE_DESCRIPTION, TYPE_ASCII, description.byteLength, descriptionAt, isLittle),
    rawEntry(EXIF_IFD, TYPE_LONG, 1, exifAt, isLittle),
  ];
  const mainAt = append(directory(newMain, isLittle));
  const whole = concatBytes(parts);
  viewOf(whole).setUint32(4, mainAt, isLittle);
  return whole;
}

/** True for little-endian, false for big-endian, `undefined` for what is no TIFF block. */
function byteOrderOf(block: Uint8Array): boolean | undefined {
  if (block.byteLength < 14) return undefined;
  const isLittle = startsWith(block, ascii("II"));
  if (!isLittle && !startsWith(block, ascii("MM"))) return undefined;
  return viewOf(block).getUint16(2, isLittle) === 42 ? isLittle : undefined;
}

function entriesAt(block: Uint8Array, at: number, isLittle: boolean): readonly Entry[] {
  const view = viewOf(block);
  if (at < 8 || at + 2 > block.byteLength) return [];
  const count = Math.min(view.getUint16(at, isLittle), MAX_ENTRIES);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = at + 2 + index * 12;
    if (start + 12 > block.byteLength) break;
    const type = view.getUint16(start + 2, isLittle);
    const length = view.getUint32(start + 4, isLittle);
    const sizeBytes = (TYPE_BYTES[type] ?? 1) * length;
    const from = sizeBytes <= 4 ? start + 8 : view.getUint32(start + 8, isLittle);
    if (from + sizeBytes > block.byteLength) continue;
    entries.push({
      tag: view.getUint16(start, isLittle),
      type,
      count: length,
      raw: block.subarray(start, start + 12),
      value: block.subarray(from, from + sizeBytes),
    });
  }
  return entries;
}

function find(entries: readonly Entry[], tag: number): Entry | undefined {
  return entries.find((entry) => entry.tag === tag);
}

function longOf(entry: Entry, isLittle: boolean): number {
  return entry.value.byteLength >= 4 ? viewOf(entry.value).getUint32(0, isLittle) : 0;
}

function without(entries: readonly Entry[], ...tags: readonly number[]): readonly Uint8Array[] {
  return entries.filter((entry) => !tags.includes(entry.tag)).map((entry) => entry.raw);
}

function rawEntry(tag: number, type: number, count: number, value: number, isLittle: boolean): Uint8Array {
  const raw = new Uint8Array(12);
  const view = viewOf(raw);
  view.setUint16(0, tag, isLittle);
  view.setUint16(2, type, isLittle);
  view.setUint32(4, count, isLittle);
  view.setUint32(8, value, isLittle);
  return raw;
}

function directory(entries: readonly Uint8Array[], isLittle: boolean): Uint8Array {
  const tagOf = (raw: Uint8Array) => viewOf(raw).getUint16(0, isLittle);
  const sorted = entries.toSorted((a, b) => tagOf(a) - tagOf(b));
  const head = new Uint8Array(2);
  viewOf(head).setUint16(0, sorted.length, isLittle);
  return concatBytes([head, ...sorted, new Uint8Array(4)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength % 2 === 0 ? bytes : concatBytes([bytes, new Uint8Array(1)]);
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = viewOf(bytes);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), isLittle);
  return bytes;
}

/** The first eight bytes name the encoding. UTF-16 comes in the block's byte order, or big-endian from A1111. */
function commentOf(value: Uint8Array, isLittle: boolean): string | undefined {
  if (value.byteLength <= 8) return undefined;
  const body = value.subarray(8);
  if (!startsWith(value, UNICODE)) return textOf(body);
  const evenZeros = body.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  const oddZeros = body.filter((byte, index) => byte === 0 && index % 2 === 1).length;
  const isBodyLittle = evenZeros === oddZeros ? isLittle : oddZeros > evenZeros;
  return trimEnd(decodeText(body, isBodyLittle ? "utf-16le" : "utf-16be"));
}

function textOf(value: Uint8Array | undefined): string | undefined {
  return value === undefined ? undefined : trimEnd(decodeText(value, "utf-8"));
}

function trimEnd(text: string): string {
  const end = text.search(/\0+$/);
  return end === -1 ? text : text.slice(0, end);
}

function definedOf(texts: Readonly<Record<keyof ExifTexts, string | undefined>>): ExifTexts {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined && text !== ""));
}
