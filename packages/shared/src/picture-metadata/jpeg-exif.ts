import { ascii, concatBytes, startsWith, viewOf } from "./platform.ts";

const EXIF_MARK = ascii("Exif\0\0");
const APP0 = 0xe0;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
/** A segment states its own length, these two bytes included, in sixteen bits. */
const MAX_SEGMENT_BYTES = 0xffff;

interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The segments before the pixels. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  const view = viewOf(bytes);
  for (let start = 2; start + 4 <= bytes.byteLength && bytes[start] === 0xff;) {
    const marker = bytes[start + 1] ?? 0;
    const end = start + 2 + view.getUint16(start + 2);
    if (marker === START_OF_SCAN || end > bytes.byteLength) return;
    yield { marker, start, end };
    start = end;
  }
}

function exifSegment(bytes: Uint8Array): Segment | undefined {
  return segmentsOf(bytes).find(
    ({ marker, start }) => marker === APP1 && startsWith(bytes, EXIF_MARK, start + 4),
  );
}

/** The EXIF block of a JPEG. */
export function readJpegExif(bytes: Uint8Array): Uint8Array | undefined {
  const segment = isJpeg(bytes) ? exifSegment(bytes) : undefined;
  return segment === undefined ? undefined : bytes.subarray(segment.start + 10, segment.end);
}

/** The same picture with this EXIF block; `undefined` when it is no JPEG or the block is too long for one. */
export function writeJpegExif(bytes: Uint8Array, block: Uint8Array): Uint8Array | undefined {
  if (!isJpeg(bytes) || block.byteLength + 8 > MAX_SEGMENT_BYTES) return undefined;
  const head = new Uint8Array(4);
  const view = viewOf(head);
  view.setUint16(0, 0xff00 | APP1);
  view.setUint16(2, block.byteLength + 8);
  const segment = concatBytes([head, EXIF_MARK, block]);
  const old = exifSegment(bytes);
  if (old !== undefined) return concatBytes([bytes.subarray(0, old.start), segment, bytes.subarray(old.end)]);
  const [first] = segmentsOf(bytes);
  const at = first?.marker === APP0 ? first.end : 2;
  return concatBytes([bytes.subarray(0, at), segment, bytes.subarray(at)]);
}
