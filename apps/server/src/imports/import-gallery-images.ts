import type { GalleryImage, Json, JsonObject } from "@safelight/shared";
import type { FileNotes } from "./core/import-report.ts";
import { numberOfImage, oldImageOf } from "./core/old-gallery.ts";
import { derivedId } from "./derived-id.ts";
import { findPictureFile, type ImportContext, type PictureQuestion, takePicture } from "./import-context.ts";
import { inspectPictureFile, isFault, type OldPicture } from "./inspect-picture.ts";
import type { SourceFile } from "./source-folder.ts";

export interface SessionPlace {
  readonly sessionId: string;
  /** Where the session's files lie. */
  readonly folder: string;
  readonly context: ImportContext;
  readonly notes: FileNotes;
}

/** How an image's picture is had: looked into, or only marked as spoken for. */
interface PictureAccess {
  readonly mark: () => Promise<unknown>;
  readonly take: () => Promise<OldPicture | undefined>;
}

interface NewImage {
  readonly entry: string;
  /** What tells it from the others of its session, in every run. */
  readonly key: string;
  readonly number: number | undefined;
  readonly set: JsonObject;
}

/** Takes the images of a session in: those that its metadata lists, then picture files that it does not speak of. */
export async function importGalleryImages(images: readonly unknown[], place: SessionPlace): Promise<void> {
  const { folder, context, notes } = place;
  const here = createImageIndex(place);
  for (const [index, value] of images.entries()) {
    const old = oldImageOf(value);
    const { id, filename } = old?.fields ?? {};
    const key = firstText(id, filename) ?? `[${index}]`;
    if (old === undefined) {
      notes.unusable(key, "it is no object");
      continue;
    }
    const number = numberOfImage(filename) ?? numberOfImage(id);
    const asked = await questionOf(old.fields, key, number, place);
    const image: NewImage = { entry: key, key, number, set: old.set };
    await importImage(image, place, here, {
      mark: () => findPictureFile(context, asked),
      take: () => takePicture(context, asked, { notes, entry: key }),
    });
    if (here.isNew(key)) notes.leftOut(old.leftOut);
  }
  const prefix = folder === "" ? "" : `${folder}/`;
  for (const name of (await context.source.list(folder)).files) {
    const entry = name.slice(prefix.length);
    const file = await context.source.locate(name);
    if (file === undefined || entry.startsWith(".") || /\.json(\.backup)?$/.test(entry)) continue;
    if (context.usedFiles.has(file.path)) continue;
    await importLoose(entry, file, place, here);
  }
}

async function importLoose(
  entry: string,
  file: SourceFile,
  place: SessionPlace,
  here: ImageIndex,
): Promise<void> {
  const { context, notes } = place;
  context.usedFiles.add(file.path);
  const set = { createdAt: file.modifiedAt.toISOString() };
  const image: NewImage = { entry, key: entry, number: numberOfImage(entry), set };
  if (context.writer.get("galleryImages", derivedId("img", place.sessionId, entry)) !== undefined) {
    notes.present();
    return;
  }
  const found = await inspectPictureFile(file, context.limits);
  if (isFault(found)) notes.unusable(entry, found.fault);
  else await importImage(image, place, here, { mark: async () => {}, take: async () => found });
}

async function importImage(
  image: NewImage,
  { sessionId, context, notes }: SessionPlace,
  here: ImageIndex,
  picture: PictureAccess,
): Promise<void> {
  const { writer } = context;
  const { entry, key, number, set } = image;
  const id = derivedId("img", sessionId, key);
  const record = writer.get("galleryImages", id);
  if (record !== undefined && (record.blob !== undefined || record.deletedAt !== undefined)) {
    await picture.mark();
    notes.present();
    return;
  }
  const found = await picture.take();
  const twin = found === undefined ? undefined : here.withBytes(found.ref.sha256, number);
  if (twin !== undefined || (record !== undefined && found === undefined)) {
    notes.present();
    return;
  }
  const pictures = found === undefined ? [] : [found];
  if (record !== undefined) {
    const steps = [
      { collection: "galleryImages", id, op: "update", set: { blob: found?.ref ?? null } },
    ] as const;
    await writer.propose({ entry, notes, outcome: "completed", steps, pictures });
    return;
  }
  const isFree = number !== undefined && !here.hasNumber(number);
  const fields: JsonObject = {
    ...set,
    sessionId,
    ...(isFree ? { number } : {}),
    ...(found === undefined ? {} : { blob: found.ref }),
  };
  const steps = [{ collection: "galleryImages", id, op: "create", set: fields }] as const;
  await writer.propose({ entry, notes, outcome: "added", steps, pictures });
  const made = writer.get("galleryImages", id);
  if (made !== undefined) here.add(made, key);
}

/** Where the picture of an image is to be looked for: its file first, by name or by number, then what it came with. */
async function questionOf(
  fields: JsonObject,
  name: string,
  number: number | undefined,
  { folder, context }: SessionPlace,
): Promise<PictureQuestion> {
  const { filename, image_data: data, image_url: hosted, url } = fields;
  const asked = { folder, picturesIn: ["."], name };
  const named = typeof filename === "string" ? filename : await fileOfNumber(number, folder, context);
  if (named !== undefined) return { ...asked, url: named };
  const text = firstText(data, hosted, url) ?? name;
  const isBare = text === data && !/^[a-z]+:/i.test(text);
  return { ...asked, url: isBare ? `data:image/png;base64,${text}` : text };
}

/** The file that an image without a file name goes by: `img_001.png` for 1. */
async function fileOfNumber(
  number: number | undefined,
  folder: string,
  { source }: ImportContext,
): Promise<string | undefined> {
  if (number === undefined) return undefined;
  const names = (await source.list(folder)).files.map((name) => name.split("/").at(-1) ?? name);
  return names.find((name) => numberOfImage(name) === number);
}

/** The images that a session has by now. */
interface ImageIndex {
  hasNumber(number: number): boolean;
  /** The image with these bytes, under this number or any where none is given. */
  withBytes(sha256: string, number: number | undefined): GalleryImage | undefined;
  add(image: GalleryImage, key: string): void;
  /** Whether it came in this run. */
  isNew(key: string): boolean;
}

function createImageIndex({ sessionId, context }: SessionPlace): ImageIndex {
  const images: GalleryImage[] = [];
  const fresh = new Set<string>();
  for (const image of context.writer.scan("galleryImages")) {
    if (image.sessionId === sessionId) images.push(image);
  }
  return {
    hasNumber: (number) => images.some((image) => image.number === number),
    withBytes: (sha256, number) =>
      images.find(
        (image) => image.blob?.sha256 === sha256 && (number === undefined || image.number === number),
      ),
    add(image, key) {
      images.push(image);
      fresh.add(key);
    },
    isNew: (key) => fresh.has(key),
  };
}

function firstText(...values: readonly (Json | undefined)[]): string | undefined {
  return values.find((value): value is string => typeof value === "string" && value !== "");
}
