import { isJsonObject, type JsonObject } from "@safelight/shared";
import { createFileNotes, type FileNotes, type FileReport } from "./core/import-report.ts";
import { looksLikeSession, oldSessionOf } from "./core/old-gallery.ts";
import { entriesOf } from "./core/tidy-entry.ts";
import type { ImportContext } from "./import-context.ts";
import { importGalleryImages } from "./import-gallery-images.ts";
import { OWN_DOCUMENT, readJsonFile } from "./read-json-file.ts";

const INDEX = "sessions.json";
const METADATA = "metadata.json";
const PICTURE = /\.(?:png|jpe?g|webp|gif|avif)$/i;

/** Takes a `gallery/` tree in: the sessions of its index and of its folders, with their images. */
export async function importGallery(
  folder: string,
  context: ImportContext,
): Promise<() => readonly FileReport[]> {
  const prefix = folder === "" ? "" : `${folder}/`;
  const reports: (() => FileReport)[] = [];
  const index = await readIndex(`${prefix}${INDEX}`, context);
  if (index.notes !== undefined) reports.push(index.notes.report);
  const { folders } = await context.source.list(folder);
  const ids = new Set([...index.sessions.keys(), ...folders.map((name) => name.slice(prefix.length))]);
  for (const id of [...ids].sort()) {
    if (id.startsWith(".")) continue;
    const report = await importGallerySession(`${prefix}${id}`, id, index.sessions.get(id) ?? {}, context);
    if (report !== undefined) reports.push(report);
  }
  return () => reports.map((report) => report());
}

/**
 * Takes one session's folder in; the report is asked for when all is done. `undefined` when it holds no session.
 * @param indexed What the index says of it.
 * @param options `isLoose`: it is in no gallery, so that its `metadata.json` may well be of something else.
 */
export async function importGallerySession(
  folder: string,
  id: string,
  indexed: JsonObject,
  context: ImportContext,
  { isLoose = false }: { readonly isLoose?: boolean } = {},
): Promise<(() => FileReport) | undefined> {
  const prefix = folder === "" ? "" : `${folder}/`;
  const notes = createFileNotes(folder === "" ? METADATA : folder, "gallery session");
  const read = await readJsonFile(context.source, `${prefix}${METADATA}`);
  if (read.kind === "refused") notes.unusable(METADATA, read.reason);
  if (read.kind === "refused" && read.reason === OWN_DOCUMENT) return notes.report;
  const value = read.kind === "value" ? read.value : {};
  if (read.kind === "value" && read.note !== undefined) notes.note(read.note);
  const { files } = await context.source.list(folder);
  const isSession =
    Object.keys(indexed).length > 0 ||
    (read.kind === "absent" ? files.some((file) => PICTURE.test(file)) : !isLoose || looksLikeSession(value));
  if (!isSession) return undefined;

  const own = isJsonObject(value) && isJsonObject(value["session"]) ? value["session"] : value;
  const fields = { ...indexed, ...(isJsonObject(own) ? own : {}) };
  const images = entriesOf(value, ["images"]) ?? [];
  const sessionId = await placeSession(fields, id, images, { context, notes });
  if (sessionId !== undefined) {
    await importGalleryImages(images, { sessionId, folder, context, notes });
  }
  return notes.report;
}

interface Place {
  readonly context: ImportContext;
  readonly notes: FileNotes;
}

/** Makes the session where it is new. Answers its id; `undefined` where its images have no place to go. */
async function placeSession(
  fields: JsonObject,
  folderId: string,
  images: readonly unknown[],
  { context, notes }: Place,
): Promise<string | undefined> {
  const id = typeof fields["id"] === "string" ? fields["id"] : folderId;
  const record = context.writer.get("gallerySessions", id);
  if (record !== undefined) {
    notes.present();
    if (record.deletedAt === undefined) return id;
    notes.note("the session is in the trash; restore it first, then its images can be added");
    return undefined;
  }
  const { set, leftOut } = oldSessionOf(fields, images);
  notes.leftOut(leftOut);
  const steps = [{ collection: "gallerySessions", id, op: "create", set }] as const;
  await context.writer.propose({ entry: `session ${id}`, notes, outcome: "added", steps, pictures: [] });
  return context.writer.get("gallerySessions", id) === undefined ? undefined : id;
}

async function readIndex(
  file: string,
  { source }: ImportContext,
): Promise<{ readonly sessions: ReadonlyMap<string, JsonObject>; readonly notes: FileNotes | undefined }> {
  const read = await readJsonFile(source, file);
  const sessions = new Map<string, JsonObject>();
  if (read.kind === "absent") return { sessions, notes: undefined };
  const notes = createFileNotes(file, "gallery index");
  if (read.kind === "refused") {
    notes.unusable("the file", read.reason);
    return { sessions, notes };
  }
  if (read.note !== undefined) notes.note(read.note);
  const list = entriesOf(read.value, ["sessions"]);
  // A list, or an object whose keys are the ids.
  const entries = list?.map((entry) => [undefined, entry] as const) ?? keyedEntries(read.value);
  for (const [index, [key, entry]] of entries.entries()) {
    const id = isJsonObject(entry) ? (entry["id"] ?? key) : undefined;
    if (isJsonObject(entry) && typeof id === "string" && /^[^./\\][^/\\]*$/.test(id)) sessions.set(id, entry);
    else notes.unusable(`[${index}]`, "it has no id that names a session");
  }
  notes.note(`${sessions.size} sessions, each told of below`);
  return { sessions, notes };
}

function keyedEntries(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isJsonObject(value)) return [];
  const { sessions } = value;
  return Object.entries(isJsonObject(sessions) ? sessions : value);
}
