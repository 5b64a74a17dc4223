import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import type { BlobRef } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import { parseDataUrl } from "../media/data-url.ts";
import { inspectMedia } from "../media/inspect-media.ts";
import { ProblemError } from "../problem-error.ts";
import type { SourceFile } from "./source-folder.ts";

/** A picture or clip of an old file that is known to be good; nothing of it is in the studio yet. */
export interface OldPicture {
  readonly kind: "image" | "video";
  readonly ref: BlobRef;
  /** Makes it a blob, unless the studio has these bytes. */
  keep(blobs: BlobStore): Promise<void>;
}

export interface PictureLimits {
  readonly maxPixels: number;
  readonly maxFileBytes: number;
}

/** Why a picture cannot be taken in, in words. */
export interface PictureFault {
  readonly fault: string;
}

export function isFault(found: OldPicture | PictureFault): found is PictureFault {
  return "fault" in found;
}

export async function inspectPictureFile(
  file: SourceFile,
  limits: PictureLimits,
): Promise<OldPicture | PictureFault> {
  if (file.sizeBytes > limits.maxFileBytes) {
    return { fault: `${file.name} is larger than ${limits.maxFileBytes} bytes, the most that is taken` };
  }
  const hash = createHash("sha256");
  await pipeline(createReadStream(file.path), hash);
  const name = file.name.split("/").at(-1) ?? file.name;
  return inspect({
    source: file.path,
    stream: () => createReadStream(file.path),
    about: { sha256: hash.digest("hex"), sizeBytes: file.sizeBytes, name },
    label: file.name,
    limits,
  });
}

/** @param name A name for people, for the blob. */
export async function inspectPictureUrl(
  url: string,
  name: string,
  limits: PictureLimits,
): Promise<OldPicture | PictureFault> {
  const parsed = parseDataUrl(url);
  if (parsed === undefined) return { fault: "its data: URL is not sound base64" };
  const { bytes } = parsed;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return inspect({
    source: bytes,
    stream: () => Readable.from([bytes]),
    about: { sha256, sizeBytes: bytes.byteLength, name },
    label: "its data: URL",
    limits,
  });
}

interface Inspection {
  readonly source: string | Buffer;
  readonly stream: () => AsyncIterable<Uint8Array>;
  readonly about: { readonly sha256: string; readonly sizeBytes: number; readonly name: string };
  readonly label: string;
  readonly limits: PictureLimits;
}

async function inspect(inspection: Inspection): Promise<OldPicture | PictureFault> {
  const { source, stream, about, label, limits } = inspection;
  try {
    const media = await inspectMedia(source, { maxPixels: limits.maxPixels, path: label });
    const name = about.name
      .replaceAll(/\p{Cc}/gu, "")
      .slice(0, 255)
      .toWellFormed();
    const ref: BlobRef = { ...about, name, mime: media.mime, ...media.size };
    return {
      kind: media.kind,
      ref,
      async keep(blobs) {
        if ((await blobs.stat(about.sha256)) !== undefined) return;
        // The announced hash refuses a file that changed since it was looked into.
        await blobs.write(stream(), { name, sha256: about.sha256 });
      },
    };
  } catch (error) {
    if (error instanceof ProblemError) return { fault: `${label}: ${error.message}` };
    throw error;
  }
}
