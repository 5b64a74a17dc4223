import { type FileNotes } from "./core/import-report.ts";
import { derivedId } from "./derived-id.ts";
import type { ImportContext } from "./import-context.ts";
import { inspectPictureFile, isFault } from "./inspect-picture.ts";
import type { SourceFile } from "./source-folder.ts";

const FILENAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,199}$/;
const MAX_DEPTH = 4;

/**
 * Takes in the pictures of an `uploads/` or `generated/` folder that no entry speaks of: they were paid for or typed in
 * too. Each becomes a content of its own, unless a content has these very bytes.
 */
export async function importPictureFolder(
  folder: string,
  origin: "upload" | "import",
  { context, notes }: { readonly context: ImportContext; readonly notes: FileNotes },
): Promise<void> {
  const known = new Set<string>();
  for (const { blob } of context.writer.scan("contents")) if (blob !== undefined) known.add(blob.sha256);
  for (const file of await filesUnder(context, folder, notes)) {
    await importFile(file, { origin, folder, known, context, notes });
  }
}

interface LooseFile {
  readonly origin: "upload" | "import";
  readonly folder: string;
  /** Hashes of the bytes that contents have. */
  readonly known: Set<string>;
  readonly context: ImportContext;
  readonly notes: FileNotes;
}

async function importFile(
  file: SourceFile,
  { origin, folder, known, context, notes }: LooseFile,
): Promise<void> {
  const { writer, limits, usedFiles } = context;
  if (usedFiles.has(file.path)) return;
  usedFiles.add(file.path);
  const entry = file.name.slice(folder.length + 1);
  const picture = await inspectPictureFile(file, limits);
  if (isFault(picture)) {
    notes.unusable(entry, picture.fault);
    return;
  }
  const { sha256 } = picture.ref;
  if (known.has(sha256)) {
    notes.present();
    return;
  }
  known.add(sha256);
  const filename = entry.split("/").at(-1) ?? entry;
  const set = {
    type: picture.kind,
    origin,
    blob: picture.ref,
    createdAt: file.modifiedAt.toISOString(),
    ...(FILENAME.test(filename) ? { filename } : {}),
  };
  const id = derivedId("content", origin, sha256);
  const steps = [{ collection: "contents", id, op: "create", set }] as const;
  await writer.propose({ entry, notes, outcome: "added", steps, pictures: [picture] });
}

async function filesUnder(
  { source }: ImportContext,
  folder: string,
  notes: FileNotes,
): Promise<readonly SourceFile[]> {
  const found: SourceFile[] = [];
  const open = [{ name: folder, depth: 0 }];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const { files, folders, skipped } = await source.list(at.name);
    for (const name of skipped) notes.unusable(name.slice(folder.length + 1), LINK);
    for (const name of files) {
      if (name.split("/").at(-1)?.startsWith(".") === true) continue;
      const file = await source.locate(name);
      if (file !== undefined) found.push(file);
    }
    if (at.depth < MAX_DEPTH) {
      const { depth } = at;
      open.push(...folders.map((name) => ({ name, depth: depth + 1 })));
    }
  }
  return found;
}

const LINK = "it is a link that leads out of the source, or no ordinary file";
