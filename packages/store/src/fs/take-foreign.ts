import type { RecordStore } from "../core/record-store.ts";
import type { DocumentReading } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";
import type { Quarantine } from "./quarantine.ts";
import { readHandEdit } from "./recover.ts";
import { type HandEditTaking, takeHandEdits } from "./take-hand-edits.ts";

export interface ForeignTaking extends Pick<HandEditTaking, "note" | "wasChangedSince"> {
  readonly fs: FsPort;
  readonly quarantine: Quarantine;
  readonly records: RecordStore;
}

/** Takes in what somebody else did to a document while the store is open. */
export async function takeForeign(
  { fs, quarantine, records, note, wasChangedSince }: ForeignTaking,
  path: string,
  reading: DocumentReading,
): Promise<void> {
  if (reading.kind === "missing") {
    note("document.rebuilt", `${path} was removed while the studio ran: it was written again.`, path);
    return;
  }
  const copy = await quarantine.copyFile(path);
  if (reading.kind !== "edited") {
    note("document.damaged", `${path} was damaged while the studio ran; it is in ${copy}.`, path);
    return;
  }
  note("document.edited", `${path} was edited by hand while the studio ran; a copy is in ${copy}.`, path);
  const edit = await readHandEdit(fs, path);
  if (edit === undefined) return;
  const adopted = edit.base === undefined && edit.seq !== undefined ? [path] : [];
  await takeHandEdits({ recovery: { edits: [edit], adopted }, records, note, wasChangedSince });
}
