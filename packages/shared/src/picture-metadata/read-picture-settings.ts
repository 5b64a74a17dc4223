import { parseA1111 } from "./a1111-text.ts";
import { parseComfyUi } from "./comfyui-graph.ts";
import { type ExifTexts, readExif } from "./exif.ts";
import { parseInvokeAi, parseOldInvokeAi } from "./invokeai-metadata.ts";
import { readJpegExif } from "./jpeg-exif.ts";
import type { PictureSettings } from "./picture-settings.ts";
import { isPng, type PictureTexts, readPngTexts } from "./png-text.ts";
import { NOTE_KEYWORD, NOTE_PREFIX, parseNote } from "./safelight-note.ts";
import { readWebpExif } from "./webp-exif.ts";

type Reader = (text: string) => PictureSettings | undefined;

/** By keyword of PNG, the most telling first. */
const READERS: readonly (readonly [keyword: string, read: Reader])[] = [
  [NOTE_KEYWORD, parseNote],
  ["invokeai_metadata", parseInvokeAi],
  ["parameters", parseA1111],
  ["prompt", parseComfyUi],
  ["sd-metadata", parseOldInvokeAi],
];

/**
 * How a picture was made, as Safelight, A1111, ComfyUI or InvokeAI wrote it into PNG, JPEG or WebP. `undefined` when
 * nobody did. Never throws for what the bytes are: they come from anywhere.
 */
export async function readPictureSettings(bytes: Uint8Array): Promise<PictureSettings | undefined> {
  const texts = isPng(bytes) ? await readPngTexts(bytes) : textsOfExif(exifOf(bytes));
  for (const [keyword, read] of READERS) {
    const text = texts.get(keyword);
    const settings = text === undefined ? undefined : read(text);
    if (settings !== undefined) return settings;
  }
  return undefined;
}

function exifOf(bytes: Uint8Array): ExifTexts {
  const block = readJpegExif(bytes) ?? readWebpExif(bytes);
  return block === undefined ? {} : readExif(block);
}

/** What EXIF holds, under the keywords that PNG would have it by. */
function textsOfExif({ userComment, imageDescription, make, model }: ExifTexts): PictureTexts {
  const texts = new Map<string, string>();
  if (userComment !== undefined) texts.set("parameters", userComment);
  for (const text of [imageDescription, make, model]) {
    if (text?.startsWith(NOTE_PREFIX)) texts.set(NOTE_KEYWORD, text.slice(NOTE_PREFIX.length));
    else if (text?.toLowerCase().startsWith("prompt:")) texts.set("prompt", text.slice("prompt:".length));
  }
  return texts;
}
