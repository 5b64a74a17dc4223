import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPromise } from "yauzl";
import { createZipWriter, type ZipSource } from "./zip-writer.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safelight-zip-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const modifiedAt = new Date(2026, 10, 21, 14, 2, 30);
const path = () => join(folder, "a.zip");

async function write(sources: Iterable<ZipSource>): Promise<void> {
  const file = await open(path(), "wx");
  const zip = createZipWriter(file, modifiedAt);
  for (const source of sources) await zip.add(source);
  await zip.end();
  await file.close();
}

const source = (name: string, bytes: Buffer, more: Partial<ZipSource> = {}): ZipSource => ({
  name,
  isDeflated: false,
  mostBytes: bytes.length,
  chunks: [bytes.subarray(0, 5), bytes.subarray(5)],
  ...more,
});

/** What a reader that is not ours finds, by name, with checksums compared. */
async function readBack(): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await JSZip.loadAsync(readFileSync(path()), { checkCRC32: true });
  const found = new Map<string, Buffer>();
  for (const file of Object.values(zip.files)) found.set(file.name, await file.async("nodebuffer"));
  return found;
}

describe("the ZIP writer", () => {
  it("keeps small and large files, deflated and not, as they are", async () => {
    const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * at * 31) >> 3));
    const files = [
      source("empty.txt", Buffer.alloc(0)),
      source("empty-deflated.txt", Buffer.alloc(0), { isDeflated: true }),
      source("words/grün.txt", Buffer.from("short words")),
      source("words/many.json", Buffer.from("many words ".repeat(400_000)), { isDeflated: true }),
      source("noise.bin", noise),
      source("claimed-large.bin", Buffer.from("small though it may be large"), { mostBytes: 5_000_000_000 }),
      source("claimed-large.json", noise, { mostBytes: 5_000_000_000, isDeflated: true }),
    ];
    await write(files);
    const found = await readBack();
    expect([...found.keys()]).toEqual(files.map(({ name }) => name));
    for (const { name, chunks } of files) {
      expect(found.get(name)?.equals(Buffer.concat([...(chunks as Iterable<Buffer>)])), name).toBe(true);
    }
    const zip = await openPromise(path(), { strictFileNames: true });
    for await (const entry of zip.eachEntry()) {
      expect(entry.getLastModDate()).toEqual(modifiedAt);
      if (entry.fileName === "words/many.json") expect(entry.compressedSize).toBeLessThan(100_000);
    }
  });

  it.runIf(spawnSync("python3", ["--version"]).status === 0)(
    "makes archives that others find sound",
    async () => {
      await write([
        source("a.txt", Buffer.from("plain")),
        source("b.txt", Buffer.from("b".repeat(9000)), { isDeflated: true, mostBytes: 5_000_000_000 }),
      ]);
      expect(execFileSync("python3", ["-m", "zipfile", "-t", path()]).toString()).toContain("Done testing");
    },
  );

  it("adds the last of many files as fast as the first, and counts more than 65,535 of them", async () => {
    const count = 70_000;
    const bytes = Buffer.from("tiny file");
    const file = await open(path(), "wx");
    const zip = createZipWriter(file, modifiedAt);
    const thousand = async (from: number) => {
      const startedAt = performance.now();
      for (let at = from; at < from + 1000; at += 1) await zip.add(source(`blobs/${at}.bin`, bytes));
      return performance.now() - startedAt;
    };
    const times: number[] = [];
    for (let from = 0; from < count; from += 1000) times.push(await thousand(from));
    await zip.end();
    await file.close();
    const median = (part: readonly number[]) => part.toSorted((a, b) => a - b)[part.length >> 1] ?? 0;
    expect(median(times.slice(-20))).toBeLessThan(5 * median(times.slice(0, 20)) + 5);
    const back = await openPromise(path(), {});
    expect(back.entryCount).toBe(count);
    back.close();
  });

  it("refuses a file that is longer than was said", async () => {
    await expect(write([source("a.txt", Buffer.from("words"), { mostBytes: 2 })])).rejects.toThrow("longer");
  });
});
