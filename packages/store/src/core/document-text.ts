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

/** One array of a document. */
export interface DocumentSection {
  readonly name: string;
  readonly lines: Iterable<DocumentLine>;
}

/** One record's line: its text, and the `seq` of its last change, which is put in front. */
export interface DocumentLine {
  readonly seq: number;
  /** A JSON object that is not empty; nothing is written where it is absent. */
  readonly json: string | undefined;
}

/** Start of the header line, up to and with the quote before the checksum. */
export function headBeforeChecksum({ savedAt, seq }: DocumentHead): string {
  return `{"version":${FORMAT_VERSION},"savedAt":"${savedAt}","seq":${seq},"checksum":"`;
}

/** A document's text from the quote after the checksum on, in pieces that are made when they are asked for. */
export function* bodyPieces(
  head: DocumentHead,
  sections: readonly DocumentSection[],
): Generator<string, void, undefined> {
  yield `"${Object.entries(head.fields)
    .map(([name, value]) => `,${JSON.stringify(name)}:${value}`)
    .join("")}`;
  for (const { name, lines } of sections) {
    yield `,\n${JSON.stringify(name)}:[`;
    let first = true;
    for (const { seq, json } of lines) {
      if (json === undefined) continue;
      yield `${first ? "" : ","}\n{"seq":${seq},`;
      yield json.slice(1);
      first = false;
    }
    yield first ? "]" : "\n]";
  }
  yield "\n}\n";
}
