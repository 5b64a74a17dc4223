import { type ClipLook, lookIntoClip } from "../clips/look-into-clip.ts";
import { SNIFF_BYTES, sniffMedia } from "./sniff-media.ts";

/** A file that is a picture or a clip, with its kind as its bytes say and its size in pixels; or why it is neither. */
export type ReadMedia =
  | {
      readonly ok: true;
      readonly type: "image";
      readonly bytes: Blob;
      readonly width: number;
      readonly height: number;
    }
  | ({ readonly ok: true; readonly type: "video"; readonly bytes: Blob } & ClipLook)
  | { readonly ok: false; readonly reason: string };

/** Looks into a file before it is taken: by its bytes, never by its name. */
export async function readMedia(file: File): Promise<ReadMedia> {
  if (file.size === 0) return refused(`${file.name} is empty (0 bytes).`);
  const head = new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer());
  const mime = sniffMedia(head);
  if (mime === undefined) {
    return refused(
      `${file.name} is not a picture or clip that can be added: PNG, JPEG, WebP, GIF, AVIF, MP4, WebM and QuickTime can.`,
    );
  }
  const bytes = file.type === mime ? file : new Blob([file], { type: mime });
  return mime.startsWith("video/") ? readClip(file.name, bytes) : readPicture(file.name, bytes);
}

async function readPicture(name: string, bytes: Blob): Promise<ReadMedia> {
  try {
    const bitmap = await createImageBitmap(bytes);
    const { width, height } = bitmap;
    bitmap.close();
    return { ok: true, type: "image", bytes, width, height };
  } catch {
    // The browser's message names no cause that a person could act on.
    return refused(`${name} cannot be read as a picture; the file may be damaged or cut short.`);
  }
}

async function readClip(name: string, bytes: Blob): Promise<ReadMedia> {
  const url = URL.createObjectURL(bytes);
  try {
    return { ok: true, type: "video", bytes, ...(await lookIntoClip(url)) };
  } catch {
    // As above.
    return refused(
      `${name} cannot be played here; the file may be damaged, or of a kind that this browser does not know.`,
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function refused(reason: string): ReadMedia {
  return { ok: false, reason };
}
