import type { FileNotes } from "./core/import-report.ts";
import { picturePlaceOf } from "./core/picture-place.ts";
import type { ImportWriter } from "./import-writer.ts";
import {
  inspectPictureFile,
  inspectPictureUrl,
  isFault,
  type OldPicture,
  type PictureLimits,
} from "./inspect-picture.ts";
import type { SourceFile, SourceFolder } from "./source-folder.ts";

/** What every kind of old file is imported with. */
export interface ImportContext {
  readonly source: SourceFolder;
  readonly writer: ImportWriter;
  readonly limits: PictureLimits;
  /** Paths of picture files that an entry spoke of: they are not taken in a second time by themselves. */
  readonly usedFiles: Set<string>;
}

export interface PictureQuestion {
  readonly url: unknown;
  /** Where the old file lies, relative to the source; `""` for its root. */
  readonly folder: string;
  /** Folders beside it that are looked into, best first. */
  readonly picturesIn: readonly string[];
  /** For the blob, where the address gives no name. */
  readonly name: string;
}

/** Finds the file that an entry speaks of, and remembers that it is spoken for. */
export async function findPictureFile(
  { source, usedFiles }: ImportContext,
  { url, folder, picturesIn }: PictureQuestion,
): Promise<SourceFile | undefined> {
  const place = picturePlaceOf(url, picturesIn);
  if (place.kind !== "file") return undefined;
  for (const path of place.paths) {
    const file = await source.locate(folder === "" ? path : `${folder}/${path}`);
    if (file === undefined) continue;
    usedFiles.add(file.path);
    return file;
  }
  return undefined;
}

/** The picture that an entry speaks of, if it can be had; what stands in the way goes into the notes. */
export async function takePicture(
  context: ImportContext,
  question: PictureQuestion,
  { notes, entry }: { readonly notes: FileNotes; readonly entry: string },
): Promise<OldPicture | undefined> {
  const place = picturePlaceOf(question.url, question.picturesIn);
  switch (place.kind) {
    case "none":
      return undefined;
    case "elsewhere":
      notes.missingPicture(entry, place.reason);
      return undefined;
    case "data":
      return orNote(await inspectPictureUrl(place.url, question.name, context.limits));
    case "file": {
      const file = await findPictureFile(context, question);
      if (file !== undefined) return orNote(await inspectPictureFile(file, context.limits));
      notes.missingPicture(entry, `there is no file ${place.paths[0] ?? ""}`);
      return undefined;
    }
  }

  function orNote(found: Awaited<ReturnType<typeof inspectPictureUrl>>): OldPicture | undefined {
    if (!isFault(found)) return found;
    notes.missingPicture(entry, found.fault);
    return undefined;
  }
}
