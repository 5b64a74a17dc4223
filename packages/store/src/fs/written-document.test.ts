import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { readDocument } from "./document-reader.ts";
import type { DocumentHead, DocumentLine } from "../core/document-text.ts";
import { writeDocument } from "./document-writer.ts";
import type { FsPort } from "./fs-port.ts";
import { createNodeFs } from "./node-fs.ts";
import { parseWritten, readInPieces } from "./written-document.ts";

const MEGABYTE = 1024 * 1024;

describe("a large document", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let fs: FsPort;
  beforeEach(async () => {
    folder = await temporaryFolder();
    fs = createNodeFs(folder.path);
  });
  afterEach(() => folder.remove());

  const fileOf = () => path.join(folder.path, "jobs.json");

  const writeJobs = (head: DocumentHead, lines: readonly DocumentLine[]) =>
    writeDocument(fs, {
      path: "jobs.json",
      head,
      sections: [{ name: "jobs", lines }],
      rotate: false,
      isStill: async () => true,
    });

  async function written(lengths: readonly number[]) {
    const letters = ["p", "ñ", "日", "\\n"];
    const lines = lengths.map((length, at) => {
      const prompt = (at % 50 === 0 ? (letters[(at / 50) % 4] ?? "") : "p").repeat(length);
      return { seq: at + 1, json: `{"id":"job-${at}","prompt":"${prompt}"}` };
    });
    const head = { savedAt: "2026-01-31T12:00:00.000Z", seq: lines.length, fields: { lastJobId: 7 } };
    await writeJobs(head, lines);
    return lines.map(({ seq, json }, at) => ({ seq, id: `job-${at}`, json }));
  }

  it("is the same read in pieces as whole, wherever pieces meet lines", async () => {
    const lines = await written(Array.from({ length: 9000 }, (_, at) => 300 + ((at * 37) % 500)));
    const inPieces = await readInPieces(fs, "jobs.json", "jobs.json");
    expect(inPieces?.entries.get("jobs")).toMatchObject(lines);
    expect(inPieces).toEqual(parseWritten(await readFile(fileOf()), "jobs.json"));
    expect(inPieces).toMatchObject({ version: 1, seq: 9000, header: { lastJobId: 7 } });
  });

  it("gives each record the text that was written, plain or not, and knows those in the trash", async () => {
    const time = "2026-01-31T12:00:00.000Z";
    const records = Array.from({ length: 4000 }, (_, at) => ({
      id: `job-${at}`,
      rev: 1,
      createdAt: time,
      updatedAt: time,
      ...(at % 7 === 0 && { deletedAt: time }),
      // Plain ones for long stretches, then others among them.
      prompt: at > 1500 && at < 2500 && at % 100 === 0 ? "ñ日\u{1f600}" : "p".repeat((at * 37) % 900),
      params: { updatedAt: "x", deletedAt: "not here" },
    }));
    const lines = records.map((record, at) => ({ seq: at + 1, json: JSON.stringify(record) }));
    const head = { savedAt: time, seq: 4000, fields: {} };
    await writeJobs(head, lines);
    const entries = (await readInPieces(fs, "jobs.json", "jobs.json"))?.entries.get("jobs");
    expect(entries).toEqual(
      lines.map(({ seq, json }, at) => ({
        seq,
        json,
        id: `job-${at}`,
        collection: "jobs",
        home: "jobs.json",
        op: at % 7 === 0 ? "delete" : "update",
        conflict: undefined,
        isChecked: false,
        superseded: false,
        parsed: undefined,
      })),
    );
  });

  it("S53 is not taken for whole when a byte of it is another", async () => {
    await written(Array.from({ length: 900 }, () => 5000));
    const bytes = await readFile(fileOf());
    const { mtimeMs } = (await fs.info("jobs.json")) ?? { mtimeMs: 0 };
    for (const at of [3, 60, 200, MEGABYTE - 1, MEGABYTE, 3 * MEGABYTE + 5, bytes.length - 2]) {
      const file = await fs.open("jobs.json", "write");
      await file.write(Buffer.from([(bytes[at] ?? 0) ^ 1]), at);
      await file.setModified(mtimeMs);
      expect(await readInPieces(fs, "jobs.json", "jobs.json"), `byte ${at}`).toBeUndefined();
      expect((await readDocument(fs, "jobs.json")).kind, `byte ${at}`).toBe("damaged");
      await file.write(bytes.subarray(at, at + 1), at);
      await file.setModified(mtimeMs);
      await file.close();
    }
    expect((await readDocument(fs, "jobs.json")).kind).toBe("good");
  });

  it("may hold a record longer than a piece", async () => {
    const lines = await written([10, 3 * MEGABYTE, 10, MEGABYTE, 10, 10]);
    expect(await readInPieces(fs, "jobs.json", "jobs.json")).toBeUndefined();
    const reading = await readDocument(fs, "jobs.json");
    expect(reading.kind === "good" && reading.entries.get("jobs")).toMatchObject(lines);
  });
});
