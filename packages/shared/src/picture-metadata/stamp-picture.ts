import { formatA1111 } from "./a1111-text.ts";
import { writeExif } from "./exif.ts";
import { readJpegExif, writeJpegExif } from "./jpeg-exif.ts";
import type { PictureSettings } from "./picture-settings.ts";
import { isPng, writePngTexts } from "./png-text.ts";
import { formatNote, NOTE_KEYWORD, NOTE_PREFIX } from "./safelight-note.ts";
import { readWebpExif, writeWebpExif } from "./webp-exif.ts";

/**
 * A copy of a picture that says how it was made: A1111's text and our own note, as iTXt in PNG, as EXIF in JPEG and
 * WebP. The pixels are not touched. `undefined` when the format can carry neither: the caller adds a sidecar.
 */
export function stampPicture(bytes: Uint8Array, settings: PictureSettings): Uint8Array | undefined {
  const parameters = formatA1111(settings);
  const note = formatNote(settings);
  if (isPng(bytes)) {
    return writePngTexts(
      bytes,
      new Map([
        ["parameters", parameters],
        [NOTE_KEYWORD, note],
      ]),
    );
  }
  const texts = { userComment: parameters, imageDescription: `${NOTE_PREFIX}${note}` };
  return (
    writeJpegExif(bytes, writeExif(readJpegExif(bytes), texts)) ??
    writeWebpExif(bytes, writeExif(readWebpExif(bytes), texts))
  );
}

/** The same for what cannot carry it: a JSON document to lie beside the file. */
export function sidecarOf(settings: PictureSettings): string {
  return `${JSON.stringify({ parameters: formatA1111(settings), safelight: JSON.parse(formatNote(settings)) }, undefined, 2)}\n`;
}
