import { Readable } from "node:stream";
import { CSV_HEAD, csvLineOf, type Job, jobSheet } from "@safelight/shared";
import { ZipFile } from "yazl";

export type ExportFormat = "csv" | "xlsx" | "json";

/** Jobs that are written between two looks at whatever else the server has to do. */
const ROWS_AT_ONCE = 500;

/** A file of jobs in the making: nothing is held but the rows under way. */
export function exportJobs(jobs: Iterable<Job>, format: ExportFormat): Readable {
  switch (format) {
    case "csv":
      return textStream(CSV_HEAD, rowsOf(jobs, csvLineOf), "");
    case "json":
      return textStream('{"jobs":[\n', rowsOf(jobs, jsonLine()), "\n]}\n");
    case "xlsx":
      return workbook(jobs);
  }
}

function jsonLine(): (job: Job) => string {
  let isFirst = true;
  return (job) => {
    const lead = isFirst ? "" : ",\n";
    isFirst = false;
    return `${lead}${JSON.stringify(job)}`;
  };
}

function workbook(jobs: Iterable<Job>): Readable {
  const zip = new ZipFile();
  const stream = zip.outputStream;
  if (!(stream instanceof Readable)) throw new Error("The ZIP writer's output is not a stream of this Node");
  zip.on("error", (error: Error) => stream.destroy(error));
  const { parts, path, head, tail, mostRows, row } = jobSheet();
  for (const [name, xml] of parts) zip.addBuffer(Buffer.from(xml), name);
  const sheet = textStream(head, rowsOf(jobs, row, mostRows), tail);
  stream.once("close", () => sheet.destroy());
  zip.addReadStream(sheet, path);
  zip.end();
  return stream;
}

async function* rowsOf(
  jobs: Iterable<Job>,
  write: (job: Job) => string,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<string> {
  let block = "";
  let count = 0;
  for (const job of jobs) {
    if (count >= most) break;
    block += write(job);
    count += 1;
    if (count % ROWS_AT_ONCE !== 0) continue;
    yield block;
    block = "";
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (block !== "") yield block;
}

function textStream(head: string, rows: AsyncIterable<string>, tail: string): Readable {
  async function* parts() {
    yield head;
    yield* rows;
    yield tail;
  }
  return Readable.from(parts(), { objectMode: false });
}
