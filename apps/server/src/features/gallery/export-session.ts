import { Readable } from "node:stream";
import { slugOf } from "@safelight/shared";
import type { BlobStore, StoredBlob } from "@safelight/store";
import { ZipFile } from "yazl";
import type { SessionWithImages } from "./gallery.ts";
import { wireOfImage, wireOfSession } from "./core/gallery-wire.ts";

/** A ZIP on its way: `stream` ends with an error when a picture cannot be read, so that it is never taken for whole. */
export interface SessionArchive {
  readonly filename: string;
  readonly stream: Readable;
}

/**
 * Packs `metadata.json` and the pictures of a session, one picture at a time and without compressing them again. The
 * metadata says of an image whose bytes the studio has lost that its file is missing.
 */
export async function exportSession(
  { session, images }: SessionWithImages,
  blobs: BlobStore,
): Promise<SessionArchive> {
  const found: { filename: string; blob: StoredBlob; mtime: Date }[] = [];
  const listed = [];
  for (const image of images) {
    const wire = wireOfImage(image);
    const blob = image.blob && (await blobs.stat(image.blob.sha256));
    listed.push(blob === undefined ? { ...wire, file_missing: true } : wire);
    if (blob !== undefined) found.push({ filename: wire.filename, blob, mtime: new Date(image.createdAt) });
  }
  const metadata = { session: wireOfSession(session, images.length), images: listed };

  const zip = new ZipFile();
  const mtime = new Date(session.updatedAt);
  zip.addBuffer(Buffer.from(`${JSON.stringify(metadata, undefined, 2)}\n`), "metadata.json", { mtime });
  const stream = zip.outputStream;
  if (!(stream instanceof Readable)) throw new Error("The ZIP writer's output is not a stream of this Node");
  let reading: Readable | undefined;
  zip.on("error", (error: Error) => stream.destroy(error));
  // A reader that goes away leaves a picture half read: its file must not stay open.
  stream.once("close", () => reading?.destroy());
  for (const { filename, blob, mtime } of found) {
    zip.addReadStreamLazy(filename, { size: blob.sizeBytes, compress: false, mtime }, (give) => {
      reading = openBlob(blobs, blob.sha256);
      give(null, reading);
    });
  }
  zip.end();
  return { filename: `${slugOf(session.name) || session.id}.zip`, stream };
}

/** A stream whose file is opened when it is first read. */
function openBlob(blobs: BlobStore, sha256: string): Readable {
  async function* chunks() {
    yield* await blobs.read(sha256);
  }
  return Readable.from(chunks(), { objectMode: false });
}
