import {
  faultMessage,
  type GeneratedContent,
  isJsonObject,
  type Json,
  type JsonObject,
} from "@safelight/shared";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { fieldsOfLegacyContent } from "../older-apps/legacy-content.ts";
import { LegacyContent } from "../older-apps/storage-schemas.ts";
import type { FileNotes } from "./core/import-report.ts";
import { isoTimeOf } from "./core/iso-time.ts";
import { entriesOf, tidyEntry } from "./core/tidy-entry.ts";
import { secondId } from "./derived-id.ts";
import { findPictureFile, type ImportContext, type PictureQuestion, takePicture } from "./import-context.ts";

const check = TypeCompiler.Compile(LegacyContent);
const KNOWN = new Set(Object.keys(LegacyContent.properties));
const FILENAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,199}$/;
const MAX_URL_LENGTH = 2048;

/** Takes the pictures and clips of a `content.json` in. `folder` is where it lies. */
export async function importContents(
  value: unknown,
  folder: string,
  { context, notes }: { readonly context: ImportContext; readonly notes: FileNotes },
): Promise<void> {
  const entries = entriesOf(value, ["content", "contents", "items"]);
  if (entries === undefined) {
    notes.unusable("the file", "it has no list of contents");
    return;
  }
  for (const [index, entry] of entries.entries()) {
    const id = isJsonObject(entry) ? entry["id"] : undefined;
    const label = `[${index}]${typeof id === "string" ? ` (${id.slice(0, 60)})` : ""}`;
    await importContent(entry, { label, folder, context, notes });
  }
}

interface EntryPlace {
  readonly label: string;
  readonly folder: string;
  readonly context: ImportContext;
  readonly notes: FileNotes;
}

async function importContent(value: unknown, place: EntryPlace): Promise<void> {
  const { label, context, notes } = place;
  const { writer } = context;
  const tidy = tidyEntry(value, KNOWN);
  const item = tidy === undefined ? undefined : normalized(tidy.fields, label, notes);
  if (tidy === undefined || !check.Check(item)) {
    const fault = tidy === undefined ? undefined : check.Errors(item).First();
    notes.unusable(label, fault === undefined ? "it is no object" : `${fault.path} ${faultMessage(fault)}`);
    return;
  }
  const { id, record } = placeOf(item, place);
  const asked = await questionOf(item, filenameOf(tidy.fields), place);
  if (record !== undefined && (record.deletedAt !== undefined || record.blob !== undefined)) {
    notes.present();
    return;
  }
  const picture = await takePicture(context, asked, { notes, entry: label });
  if (record !== undefined) {
    if (picture === undefined) notes.present();
    else {
      const steps = [{ collection: "contents", id, op: "update", set: { blob: picture.ref } }] as const;
      await writer.propose({ entry: label, notes, outcome: "completed", steps, pictures: [picture] });
    }
    return;
  }
  notes.leftOut(tidy.leftOut);
  if (picture !== undefined && picture.kind !== item.type) {
    notes.note(`${label} says ${item.type}, but its bytes are ${picture.ref.mime}; the bytes decide`);
  }
  const set = {
    origin: "import",
    ...fieldsOfLegacyContent(item, picture?.ref),
    ...hostedUrl(item.url),
    ...(picture === undefined ? {} : { type: picture.kind }),
  };
  const steps = [{ collection: "contents", id, op: "create", set }] as const;
  const pictures = picture === undefined ? [] : [picture];
  await writer.propose({ entry: label, notes, outcome: "added", steps, pictures });
}

/** Where its picture is: under its file name where there is such a file, else where its address says. */
async function questionOf(
  item: LegacyContent,
  filename: string | undefined,
  { folder, context }: EntryPlace,
): Promise<PictureQuestion> {
  const { url = "" } = item;
  const asked = { folder, picturesIn: ["generated", "uploads"], name: item.filename ?? item.id };
  const isData = /^data:/i.test(url);
  const named = { ...asked, url: filename };
  if (!isData && (await findPictureFile(context, named)) !== undefined) return named;
  const byAddress = { ...asked, url: url === "" ? filename : url };
  // Marks the file as spoken for, should the studio have the picture already.
  await findPictureFile(context, byAddress);
  return byAddress;
}

function normalized(fields: JsonObject, label: string, notes: FileNotes): JsonObject {
  const { id, createdAt, filename, type, url, ...rest } = fields;
  const time = isoTimeOf(createdAt);
  if (createdAt !== undefined && time === undefined) {
    notes.note(`${label}: its createdAt is no time and was left out`);
  }
  const set: Record<string, Json> = {
    ...rest,
    id: typeof id === "number" ? String(id) : (id ?? null),
    type: type ?? "image",
  };
  if (time !== undefined) set["createdAt"] = time;
  if (typeof filename === "string" && FILENAME.test(filename)) set["filename"] = filename;
  if (url !== undefined) set["url"] = url;
  return set;
}

/** A name as it was written, which may have a folder in it. */
function filenameOf(fields: JsonObject): string | undefined {
  const { filename } = fields;
  return typeof filename === "string" && filename !== "" ? filename : undefined;
}

/** Where it once was: kept where it is an address of the web, which a picture that is here does not need. */
function hostedUrl(url: string | undefined): JsonObject {
  if (url === undefined) return {};
  return /^https?:/i.test(url) && url.length <= MAX_URL_LENGTH ? { url } : { url: null };
}

function placeOf(
  item: LegacyContent,
  { context, notes, label }: EntryPlace,
): { readonly id: string; readonly record: GeneratedContent | undefined } {
  const record = context.writer.get("contents", item.id);
  if (record === undefined || isSameContent(record, item)) return { id: item.id, record };
  const id = secondId(item.id, item.createdAt, item.prompt, item.filename);
  notes.note(`${label} has the id of another content in the studio; it goes by ${id} here`);
  return { id, record: context.writer.get("contents", id) };
}

function isSameContent(record: GeneratedContent, { createdAt, prompt }: LegacyContent): boolean {
  if (createdAt !== undefined) return record.createdAt === createdAt;
  return record.prompt === (prompt ?? "");
}
