import type { StoredChange } from "../store.ts";

/** A `Change` of the protocol as JSON text, around the record's own text. */
export function changeText(change: StoredChange): string {
  const { json } = change;
  return json === undefined ? tombstoneText(change) : `${textBeforeRecord(change)}${json}}`;
}

/** The text of a change up to its record, which a brace follows. Ids are such that none needs an escape. */
function textBeforeRecord({ seq, collection, id, op, conflict }: StoredChange): string {
  if (conflict !== undefined) {
    const conflictText = JSON.stringify(conflict);
    return `{"seq":${seq},"collection":"${collection}","id":"${id}","op":"${op}","conflict":${conflictText},"record":`;
  }
  return `{"seq":${seq},"collection":"${collection}","id":"${id}","op":"${op}","record":`;
}

function tombstoneText({ seq, collection, id, op }: StoredChange): string {
  return `{"seq":${seq},"collection":"${collection}","id":"${id}","op":"${op}"}`;
}
