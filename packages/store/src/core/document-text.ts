import type { Entry } from "./entry.ts";

/** Version of documents and of the data folder. 1: first. */
export const FORMAT_VERSION = 1;

/** What stands where the checksum will, until it is known. */
export const CHECKSUM_BLANK = "00000000";

export interface DocumentHead {
  readonly savedAt: string;
  /** Every change of this document's records up to here is in it. */
  readonly seq: number;
  /** More header fields, such as `lastJobId`. */
  readonly fields: Readonly<Record<string, number>>;
}

/** One array of a document: lines are JSON objects, made when they are asked for. */
export interface DocumentSection {
  readonly name: string;
  readonly lines: Iterable<string>;
}

/** Start of the header line, up to and with the quote before the checksum. */
export function headBeforeChecksum({ savedAt, seq }: DocumentHead): string {
  return `{"version":${FORMAT_VERSION},"savedAt":"${savedAt}","seq":${seq},"checksum":"`;
}

/** A document's text in pieces of about `sliceLength` UTF-16 units, from the quote after the checksum on. */
export function* bodySlices(
  head: DocumentHead,
  sections: readonly DocumentSection[],
  sliceLength: number,
): Generator<string, void, undefined> {
  let slice = `"${Object.entries(head.fields)
    .map(([name, value]) => `,${JSON.stringify(name)}:${value}`)
    .join("")}`;
  for (const { name, lines } of sections) {
    slice += `,\n${JSON.stringify(name)}:[`;
    let first = true;
    for (const line of lines) {
      slice += first ? "\n" : ",\n";
      slice += line;
      first = false;
      if (slice.length < sliceLength) continue;
      yield slice;
      slice = "";
    }
    slice += first ? "]" : "\n]";
  }
  yield `${slice}\n}\n`;
}

/** A record's line: its text with the `seq` of its last change in front. */
export function* recordLines(entries: Iterable<Entry>): Generator<string, void, undefined> {
  for (const { json, seq } of entries) {
    if (json !== undefined) yield `{"seq":${seq},${json.slice(1)}`;
  }
}
