import { ascii, concatBytes, decodeText, startsWith, viewOf } from "./platform.ts";

const EXIF_FLAG = 0x08;
const ALPHA_FLAG = 0x10;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function isWebp(bytes: Uint8Array): boolean {
  return startsWith(bytes, ascii("RIFF")) && startsWith(bytes, ascii("WEBP"), 8);
}

function chunksOf(bytes: Uint8Array): readonly Chunk[] {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > bytes.byteLength) break;
    chunks.push({
      type: decodeText(bytes.subarray(at, at + 4), "latin1"),
      data: bytes.subarray(at + 8, end),
    });
    at = end + (length % 2);
  }
  return chunks;
}

/** The EXIF block of a WebP; some writers put the mark of JPEG before it. */
export function readWebpExif(bytes: Uint8Array): Uint8Array | undefined {
  if (!isWebp(bytes)) return undefined;
  const data = chunksOf(bytes).find(({ type }) => type === "EXIF")?.data;
  return data !== undefined && startsWith(data, ascii("Exif\0\0")) ? data.subarray(6) : data;
}

/** The same picture with this EXIF block; `undefined` when it is no WebP that can carry one. */
export function writeWebpExif(bytes: Uint8Array, block: Uint8Array): Uint8Array | undefined {
  if (!isWebp(bytes)) return undefined;
  const chunks = chunksOf(bytes);
  const extended = extendedHeader(chunks);
  if (extended === undefined) return undefined;
  const rest = chunks.filter(({ type }) => type !== "VP8X" && type !== "EXIF");
  // The standard wants EXIF after the pixels and before XMP.
  const xmpAt = rest.findIndex(({ type }) => type === "XMP ");
  const at = xmpAt === -1 ? rest.length : xmpAt;
  const body = [extended, ...rest.slice(0, at), { type: "EXIF", data: block }, ...rest.slice(at)].map(
    chunkBytes,
  );
  const payload = concatBytes([ascii("WEBP"), ...body]);
  const head = concatBytes([ascii("RIFF"), new Uint8Array(4)]);
  viewOf(head).setUint32(4, payload.byteLength, true);
  return concatBytes([head, payload]);
}

function extendedHeader(chunks: readonly Chunk[]): Chunk | undefined {
  const [first] = chunks;
  if (first?.type === "VP8X") {
    const data = first.data.slice();
    data[0] = (data[0] ?? 0) | EXIF_FLAG;
    return { type: "VP8X", data };
  }
  const size = first === undefined ? undefined : sizeOf(first);
  if (size === undefined) return undefined;
  const data = new Uint8Array(10);
  data[0] = EXIF_FLAG | (size.hasAlpha ? ALPHA_FLAG : 0);
  const view = viewOf(data);
  view.setUint16(4, (size.width - 1) & 0xffff, true);
  view.setUint8(6, (size.width - 1) >> 16);
  view.setUint16(7, (size.height - 1) & 0xffff, true);
  view.setUint8(9, (size.height - 1) >> 16);
  return { type: "VP8X", data };
}

/** Width and height as the simple formats state them: fourteen bits each. */
function sizeOf({ type, data }: Chunk): { width: number; height: number; hasAlpha: boolean } | undefined {
  const view = viewOf(data);
  if (type === "VP8 " && data.byteLength >= 10) {
    return {
      width: view.getUint16(6, true) & 0x3fff,
      height: view.getUint16(8, true) & 0x3fff,
      hasAlpha: false,
    };
  }
  if (type === "VP8L" && data.byteLength >= 5 && data[0] === 0x2f) {
    const bits = view.getUint32(1, true);
    return {
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
      hasAlpha: ((bits >>> 28) & 1) === 1,
    };
  }
  return undefined;
}

function chunkBytes({ type, data }: Chunk): Uint8Array {
  const head = concatBytes([ascii(type), new Uint8Array(4)]);
  viewOf(head).setUint32(4, data.byteLength, true);
  return concatBytes([head, data, new Uint8Array(data.byteLength % 2)]);
}
