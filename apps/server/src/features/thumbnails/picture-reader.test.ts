import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeTempDir } from "../../../testing/temp-dir.ts";
import { createPictureReader } from "./picture-reader.ts";

let folder: ReturnType<typeof makeTempDir>;
beforeEach(() => (folder = makeTempDir()));
afterEach(() => folder.remove());

function keep(sha256: string, text: string): { readonly sha256: string; readonly sizeBytes: number } {
  writeFileSync(join(folder.path, sha256), text);
  return { sha256, sizeBytes: text.length };
}

const blobs = {
  file: async (sha256: string) => join(folder.path, sha256),
  bytes: async () => Buffer.from("never asked"),
};
const textOf = async (picture: string | Uint8Array) =>
  typeof picture === "string" ? `the file ${picture}` : Buffer.from(picture).toString();

it("gives out as many at a time as it has places, each with its own bytes", async () => {
  const reader = createPictureReader(blobs, 2);
  const gate = Promise.withResolvers<undefined>();
  let held = 0;
  let most = 0;
  const texts = ["one", "a longer one", "3", "the fourth", "five"];
  const read = texts.map((text, index) =>
    reader.read(keep(String(index), text), async (picture) => {
      most = Math.max(most, (held += 1));
      if (held === 2) gate.resolve(undefined);
      await gate.promise;
      const found = await textOf(picture);
      held -= 1;
      return found;
    }),
  );
  expect(await Promise.all(read)).toEqual(texts);
  expect(most).toBe(2);
});

it("uses its memory again, also after a failure", async () => {
  const reader = createPictureReader(blobs, 1);
  const memories = new Set<unknown>();
  const note = async (picture: string | Uint8Array) =>
    void memories.add(typeof picture === "string" ? picture : picture.buffer);
  await reader.read(keep("first", "some bytes"), note);
  const failed = reader.read(keep("second", "others"), async (picture) => {
    await note(picture);
    throw new Error("cannot be decoded");
  });
  await expect(failed).rejects.toThrow("cannot be decoded");
  await reader.read(keep("third", "more"), note);
  expect(memories.size).toBe(1);
});

it("gives the file of a picture that is longer than its memory, or shorter than it was said to be", async () => {
  const reader = createPictureReader(blobs, 1);
  const short = keep("short", "some bytes");
  truncateSync(join(folder.path, "short"), 3);
  expect(await reader.read(short, textOf)).toBe(`the file ${join(folder.path, "short")}`);
  const long = { ...keep("long", "bytes"), sizeBytes: 1024 ** 3 };
  expect(await reader.read(long, textOf)).toBe(`the file ${join(folder.path, "long")}`);
});

it("gives all bytes of a store that has no files", async () => {
  const reader = createPictureReader({ bytes: async () => Buffer.from("bytes") }, 1);
  expect(await reader.read({ sha256: "any", sizeBytes: 5 }, textOf)).toBe("bytes");
});
