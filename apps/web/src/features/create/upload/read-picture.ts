import { SNIFF_BYTES, sniffPicture } from "./sniff-picture.ts";

/** A file that is a picture, with its kind as its bytes say and its size in pixels; or why it is none. */
export type ReadPicture =
  | { readonly ok: true; readonly bytes: Blob; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly reason: string };

/** Looks into a file before it is taken: by its bytes, never by its name. */
export async function readPicture(file: File): Promise<ReadPicture> {
  if (file.size === 0) return refused(`${file.name} is empty (0 bytes).`);
  const head = new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer());
  const mime = sniffPicture(head);
  if (mime === undefined) {
    return refused(`${file.name} is not a picture that can be added: PNG, JPEG, WebP, GIF and AVIF can.`);
  }
  const bytes = file.type === mime ? file : new Blob([file], { type: mime });
  try {
    const bitmap = await createImageBitmap(bytes);
    const { width, height } = bitmap;
    bitmap.close();
    return { ok: true, bytes, width, height };
  } catch {
    // The browser's message names no cause that a person could act on.
    return refused(`${file.name} cannot be read as a picture; the file may be damaged or cut short.`);
  }
}

function refused(reason: string): ReadPicture {
  return { ok: false, reason };
}
