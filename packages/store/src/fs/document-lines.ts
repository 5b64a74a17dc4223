import { isAscii } from "node:buffer";

/** One record of a document: its text without the `seq` that stands before it in the line. */
export interface DocumentLine {
  readonly seq: number;
  readonly id: string;
  readonly json: string;
}

/** Takes the lines of a document in, as the store writes them, without parsing its records. */
export interface DocumentLines {
  /**
   * Takes the whole lines between two positions; the last one of a file may lack its newline (`isEnd`). Returns where it
   * stopped, or `undefined` for a line that the store would not have written.
   */
  take(bytes: Buffer, start: number, end: number, isEnd: boolean): number | undefined;
  /** The first line, with its checksum; absent until it was taken. */
  readonly head: string | undefined;
  readonly sections: ReadonlyMap<string, readonly DocumentLine[]>;
}

const NEWLINE = 0x0a;
const BRACE = 0x7b;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SEQ_KEY = '{"seq":';
const ID_KEY = ',"id":"';

export function createDocumentLines(): DocumentLines {
  const sections = new Map<string, DocumentLine[]>();
  let section: DocumentLine[] | undefined;
  let head: string | undefined;

  function takeLine(bytes: Buffer, start: number, end: number, encoding: BufferEncoding): boolean {
    if (head === undefined) {
      head = bytes.toString("utf8", start, end);
      return true;
    }
    if (bytes[start] === BRACE && end - start > 1) {
      const line = parseLine(bytes, start, end, encoding);
      if (line === undefined || section === undefined) return false;
      section.push(line);
      return true;
    }
    if (bytes[start] !== QUOTE) return true;
    const name = /^"(\w+)":\[/.exec(bytes.toString("latin1", start, end))?.[1];
    if (name === undefined) return false;
    section = [];
    sections.set(name, section);
    return true;
  }

  return {
    take(bytes, start, end, isEnd) {
      // Plain text needs no decoding: it is copied.
      const encoding = isAscii(bytes.subarray(start, end)) ? "latin1" : "utf8";
      for (let at = start; at < end;) {
        const newline = bytes.indexOf(NEWLINE, at);
        const isWhole = newline >= 0 && newline < end;
        if (!isWhole && !isEnd) return at;
        const lineEnd = isWhole ? newline : end;
        if (!takeLine(bytes, at, lineEnd, encoding)) return undefined;
        at = lineEnd + 1;
      }
      return end;
    },
    get head() {
      return head;
    },
    sections,
  };
}

/** `{"seq":12,"id":"job-1",…},` in bytes: the id is plain ASCII without escapes. */
function parseLine(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: BufferEncoding,
): DocumentLine | undefined {
  const stop = bytes[end - 1] === COMMA ? end - 1 : end;
  let seq = 0;
  let at = start + SEQ_KEY.length;
  for (; at < stop && bytes[at] !== COMMA; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    seq = seq * 10 + digit;
  }
  const comma = at;
  const idStart = comma + ID_KEY.length;
  const idEnd = bytes.indexOf(QUOTE, idStart);
  if (!startsWith(bytes, start, SEQ_KEY) || idEnd < 0 || idEnd >= stop) return undefined;
  // In place of the comma: saves joining two strings for each record.
  bytes[comma] = BRACE;
  const json = bytes.toString(encoding, comma, stop);
  bytes[comma] = COMMA;
  return { seq, id: bytes.toString("latin1", idStart, idEnd), json };
}

function startsWith(bytes: Buffer, start: number, ascii: string): boolean {
  for (let at = 0; at < ascii.length; at += 1) {
    if (bytes[start + at] !== ascii.charCodeAt(at)) return false;
  }
  return true;
}
