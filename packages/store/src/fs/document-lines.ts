import { isAscii } from "node:buffer";
import { type CollectionName, isCollectionName } from "@safelight/shared";
import type { Entry } from "../core/entry.ts";

/** One line of a document's array: its text without the `seq` that stands before it in the line. */
export interface DocumentLine {
  readonly seq: number;
  readonly id: string;
  readonly json: string;
}

/** Takes the lines of a document in, as the store writes them, without parsing its records. */
export interface DocumentLines {
  /**
   * Takes the whole lines between two positions; the last one of a file may lack its newline (`isEnd`). Returns where it
   * stopped, or `undefined` for a line that the store would not have written. The bytes are as they were when it returns.
   */
  take(bytes: Buffer, start: number, end: number, isEnd: boolean): number | undefined;
  /** The first line, with its checksum; absent until it was taken. */
  readonly head: string | undefined;
  /** Records, by the collection whose name their array has. */
  readonly entries: ReadonlyMap<CollectionName, readonly Entry[]>;
  /** Lines of arrays that no collection has the name of. */
  readonly sections: ReadonlyMap<string, readonly DocumentLine[]>;
}

const NEWLINE = 0x0a;
const BRACE = 0x7b;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SEQ_KEY = '{"seq":';
const ID_KEY = ',"id":"';
const UPDATED_KEY = '"updatedAt":';
const DELETED_KEY = '"deletedAt":';
/**
 * Lines whose texts are made in one go and then cut: many small copies cost more. The texts share that memory until the last of them
 * is replaced, so it must not be much. From this size on the collector does not copy it either.
 */
const GROUP_BYTES = 256 * 1024;

/** Where a line's text is: from the comma after its `seq` on, in whose place a brace belongs. */
interface LinePlace {
  readonly seq: number;
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** `home`: the document's path, which its records are said to belong to. */
export function createDocumentLines(home: string): DocumentLines {
  const entries = new Map<CollectionName, Entry[]>();
  const sections = new Map<string, DocumentLine[]>();
  let put: ((seq: number, id: string, json: string, mayBeInTrash: boolean) => void) | undefined;
  let head: string | undefined;
  let places: LinePlace[] = [];

  function startSection(name: string): void {
    if (isCollectionName(name)) {
      const list: Entry[] = [];
      entries.set(name, list);
      put = (seq, id, json, mayBeInTrash) => {
        const op = mayBeInTrash && isInTrash(json) ? "delete" : "update";
        list.push({
          seq,
          collection: name,
          id,
          op,
          json,
          conflict: undefined,
          home,
          isChecked: false,
          superseded: false,
          parsed: undefined,
        });
      };
    } else {
      const list: DocumentLine[] = [];
      sections.set(name, list);
      put = (seq, id, json) => void list.push({ seq, id, json });
    }
  }

  function takeLine(bytes: Buffer, start: number, end: number): boolean {
    if (head === undefined) {
      head = bytes.toString("utf8", start, end);
      return true;
    }
    if (bytes[start] === BRACE && end - start > 1) {
      const place = placeOf(bytes, start, end);
      if (place === undefined || put === undefined) return false;
      places.push(place);
      return true;
    }
    if (bytes[start] !== QUOTE) return true;
    const name = /^"(\w+)":\[/.exec(bytes.toString("latin1", start, end))?.[1];
    if (name === undefined) return false;
    putPlaces(bytes);
    startSection(name);
    return true;
  }

  /** Makes the texts of the lines that were found. */
  function putPlaces(bytes: Buffer): void {
    const first = places[0];
    const last = places.at(-1);
    if (first === undefined || last === undefined || put === undefined) return;
    // A brace in place of the comma saves joining two strings for each record.
    for (const { from } of places) bytes[from] = BRACE;
    if (isAscii(bytes.subarray(first.from, last.to))) {
      // Plain text needs no decoding, and its positions are those of its bytes.
      const text = bytes.toString("latin1", first.from, last.to);
      const mayBeInTrash = text.includes(DELETED_KEY);
      for (const { seq, id, from, to } of places) {
        put(seq, id, text.slice(from - first.from, to - first.from), mayBeInTrash);
      }
    } else {
      for (const { seq, id, from, to } of places) put(seq, id, bytes.toString("utf8", from, to), true);
    }
    for (const { from } of places) bytes[from] = COMMA;
    places = [];
  }

  function takeLines(bytes: Buffer, start: number, end: number, isEnd: boolean): number | undefined {
    for (let at = start; at < end;) {
      const newline = bytes.indexOf(NEWLINE, at);
      const isWhole = newline >= 0 && newline < end;
      if (!isWhole && !isEnd) return at;
      const lineEnd = isWhole ? newline : end;
      if (!takeLine(bytes, at, lineEnd)) return undefined;
      if (lineEnd - (places[0]?.from ?? lineEnd) >= GROUP_BYTES) putPlaces(bytes);
      at = lineEnd + 1;
    }
    return end;
  }

  return {
    take(bytes, start, end, isEnd) {
      const stopped = takeLines(bytes, start, end, isEnd);
      putPlaces(bytes);
      return stopped;
    },
    get head() {
      return head;
    },
    entries,
    sections,
  };
}

/** `{"seq":12,"id":"job-1",…},` in bytes: the id is plain ASCII without escapes. */
function placeOf(bytes: Buffer, start: number, end: number): LinePlace | undefined {
  const to = bytes[end - 1] === COMMA ? end - 1 : end;
  let seq = 0;
  let from = start + SEQ_KEY.length;
  for (; from < to && bytes[from] !== COMMA; from += 1) {
    const digit = (bytes[from] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    seq = seq * 10 + digit;
  }
  const idStart = from + ID_KEY.length;
  const idEnd = bytes.indexOf(QUOTE, idStart);
  if (!startsWith(bytes, start, SEQ_KEY) || idEnd < 0 || idEnd >= to) return undefined;
  // A copy: an id outlives its record's text.
  return { seq, id: bytes.toString("latin1", idStart, idEnd), from, to };
}

function startsWith(bytes: Buffer, start: number, ascii: string): boolean {
  for (let at = 0; at < ascii.length; at += 1) {
    if (bytes[start + at] !== ascii.charCodeAt(at)) return false;
  }
  return true;
}

/** In a record's text the time of its deletion, if it has one, follows on that of its last change. */
function isInTrash(json: string): boolean {
  const timeEnd = json.indexOf(",", json.indexOf(UPDATED_KEY));
  return json.startsWith(DELETED_KEY, timeEnd + 1);
}
