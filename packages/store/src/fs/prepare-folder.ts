import { StoreError } from "../store-error.ts";
import { readDocument } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";
import { JOURNAL_FOLDER, segmentFirstSeq } from "./journal-writer.ts";
import { findDocumentPaths } from "./load-documents.ts";
import { readStudioFile, type StudioFile } from "./studio-file.ts";

/** Folders of a data folder that are always there. */
const FOLDERS: readonly string[] = [
  JOURNAL_FOLDER,
  "blobs",
  "editor",
  "datasets",
  "gallery",
  "uploads",
  "generated",
  "logs",
  "history",
  "backups",
  "cache",
  "quarantine",
];

/**
 * Looks at a data folder before anything in it is read or written. `undefined`: a new one. Throws `store.not-mounted`,
 * `store.version` or `store.unreadable`.
 */
export async function inspectFolder(fs: FsPort, mustExist: boolean): Promise<StudioFile | undefined> {
  for (const folder of FOLDERS) {
    const info = await fs.info(folder);
    if (info === undefined || info.kind === "folder") continue;
    throw new StoreError("store.unreadable", {
      detail: `${folder} in the data folder is a ${info.kind}, not a folder; links out of it are not followed.`,
    });
  }
  const studio = await readStudioFile(fs);
  if (studio !== undefined) {
    if ((await fs.info(JOURNAL_FOLDER)) === undefined && (await holdsDocuments(fs))) {
      throw notMounted(`${JOURNAL_FOLDER}/ is missing beside its documents`);
    }
    return studio;
  }
  if (mustExist) throw notMounted("the data folder holds no studio");
  const segments = (await fs.list(JOURNAL_FOLDER)).some((name) => segmentFirstSeq(name) !== undefined);
  if (segments || (await holdsDocuments(fs))) throw notMounted("studio.json is missing beside its data");
  return undefined;
}

export async function makeFolders(fs: FsPort): Promise<void> {
  for (const folder of FOLDERS) await fs.makeFolder(folder);
  await fs.syncFolder(".");
}

/** Whether there are documents that a studio wrote. A file that somebody made is none: it is taken in. */
async function holdsDocuments(fs: FsPort): Promise<boolean> {
  for (const path of await findDocumentPaths(fs)) {
    if ((await readDocument(fs, path)).kind === "good") return true;
  }
  return false;
}

function notMounted(what: string): StoreError {
  return new StoreError("store.not-mounted", {
    detail: `${what}; is its volume mounted? Put it back, or choose another folder. Nothing was changed.`,
  });
}
