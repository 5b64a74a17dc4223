import type { Store } from "@safelight/store";
import { lastJobIdOf, rememberLastJobId } from "../older-apps/job-count.ts";
import {
  createFileNotes,
  type FileReport,
  type ImportReport,
  type SourceKind,
} from "./core/import-report.ts";
import { findSources, type Source } from "./find-sources.ts";
import { importContents } from "./import-contents.ts";
import type { ImportContext } from "./import-context.ts";
import { importGallery, importGallerySession } from "./import-gallery.ts";
import { importJobHistory } from "./import-job-history.ts";
import { importModels } from "./import-models.ts";
import { importPictureFolder } from "./import-picture-folder.ts";
import { createImportWriter } from "./import-writer.ts";
import type { PictureLimits } from "./inspect-picture.ts";
import { readJsonFile } from "./read-json-file.ts";
import { openSourceFolder } from "./source-folder.ts";

export interface ImportOptions {
  /** Files and folders of older apps. Nothing in them is changed. */
  readonly paths: readonly string[];
  readonly store: Store;
  /** Left out or false, nothing is written: the report says what would be. */
  readonly apply?: boolean;
  readonly limits: PictureLimits;
  readonly now: () => Date;
}

/**
 * Imports what older apps wrote, in commits of bounded size. What the studio has already is left as it is, so a second
 * run adds nothing, and one that was cut off can be run again. Rejects with the file system's error for a path that is
 * not there, and with a `StoreError` when the studio cannot take more; what was committed until then stays.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const { store, limits, now, apply = false } = options;
  const writer = createImportWriter({ store, apply, now });
  const files: FileReport[] = [];
  const refused: { file: string; reason: string }[] = [];
  for (const path of options.paths) {
    const source = await openSourceFolder(path);
    const context: ImportContext = { source, writer, limits, usedFiles: new Set() };
    const found = await findSources(source);
    const shown = (file: string) => (options.paths.length > 1 ? `${path}: ${file}` : file);
    refused.push(...found.refused.map(({ file, reason }) => ({ file: shown(file), reason })));
    const reports: (() => readonly FileReport[])[] = [];
    for (const one of found.sources) reports.push(await importOne(one, { context, store, apply }));
    await writer.flush();
    // Asked for last: what the store refused is known only now.
    for (const report of reports.flatMap((ask) => ask())) {
      files.push({ ...report, file: shown(report.file) });
    }
  }
  return { applied: apply, files, refused };
}

interface ImportRun {
  readonly context: ImportContext;
  readonly store: Store;
  readonly apply: boolean;
}

const KINDS = {
  "job-history": "job history",
  models: "models",
  contents: "contents",
} as const satisfies Record<string, SourceKind>;

async function importOne(source: Source, run: ImportRun): Promise<() => readonly FileReport[]> {
  const { context } = run;
  switch (source.kind) {
    case "gallery":
      return importGallery(source.folder, context);
    case "gallery-session": {
      const id = source.folder.split("/").at(-1) || (context.source.root.split(/[/\\]/).at(-1) ?? "");
      const report = await importGallerySession(source.folder, id, {}, context, { isLoose: true });
      return () => (report === undefined ? [] : [report()]);
    }
    case "uploads":
    case "generated": {
      const kind = source.kind === "uploads" ? "uploads" : "generated files";
      const notes = createFileNotes(source.folder, kind);
      const origin = source.kind === "uploads" ? "upload" : "import";
      await importPictureFolder(source.folder, origin, { context, notes });
      return () => [notes.report()];
    }
    case "job-history":
    case "models":
    case "contents":
      return importDocument(source, run);
  }
}

async function importDocument(
  { kind, file, folder }: Extract<Source, { file: string }>,
  { context, store, apply }: ImportRun,
): Promise<() => readonly FileReport[]> {
  const notes = createFileNotes(file, KINDS[kind]);
  const read = await readJsonFile(context.source, file);
  if (read.kind === "refused") notes.unusable("the file", read.reason);
  if (read.kind === "value") {
    if (read.note !== undefined) notes.note(read.note);
    if (kind === "models") await importModels(read.value, folder, { context, notes });
    if (kind === "contents") await importContents(read.value, folder, { context, notes });
    if (kind === "job-history") {
      const lastJobId = await importJobHistory(read.value, { context, notes, store });
      await context.writer.flush();
      if (apply && lastJobId !== undefined && lastJobId > lastJobIdOf(store)) {
        await rememberLastJobId(store, lastJobId, "import");
      }
    }
  }
  return () => [notes.report()];
}
