import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { readZip } from "../../testing/read-zip.ts";
import { makeTrainingZip } from "./training-zip.ts";
import { triggerCaption } from "./trigger-caption.ts";

async function entriesOf(zip: Uint8Array): Promise<Record<string, string>> {
  const files = await readZip(zip);
  return Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString()]));
}

it("puts a caption of the same stem beside each picture, with the trigger word in it", async () => {
  const blobs = new Map([
    ["a".repeat(64), "first"],
    ["b".repeat(64), "second"],
    ["c".repeat(64), "third"],
  ]);
  const image = (letter: string, mime: string) => ({ sha256: letter.repeat(64), sizeBytes: 5, mime });
  const options = {
    images: [
      { image: image("a", "image/png"), caption: "a lighthouse at dusk" },
      { image: image("b", "image/jpeg"), caption: "INKSTYLE, a harbour" },
      { image: image("c", "image/webp"), caption: " " },
    ],
    triggerWord: "inkstyle",
    readBlob: async (sha256: string) => Buffer.from(blobs.get(sha256) ?? ""),
    signal: new AbortController().signal,
  };
  const zip = await makeTrainingZip(options);
  expect(await entriesOf(zip)).toEqual({
    "0001.png": "first",
    "0001.txt": "inkstyle, a lighthouse at dusk",
    "0002.jpg": "second",
    "0002.txt": "INKSTYLE, a harbour",
    "0003.webp": "third",
    "0003.txt": "inkstyle",
  });
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  expect(hash(await makeTrainingZip(options))).toBe(hash(zip));
});

it.for([
  ["a cat", undefined, "a cat"],
  ["", undefined, undefined],
  ["", "sks", "sks"],
  ["a cat", " sks ", "sks, a cat"],
  ["a sks cat", "sks", "a sks cat"],
  ["masks on a wall", "sks", "sks, masks on a wall"],
  ["鉛筆画のネコ", "鉛筆画", "鉛筆画, 鉛筆画のネコ"],
  ["鉛筆画, ネコ", "鉛筆画", "鉛筆画, ネコ"],
  ["C++ (a cat)", "c++", "C++ (a cat)"],
] as const)("makes of %j with the trigger %j: %j", ([caption, trigger, expected]) => {
  expect(triggerCaption(caption, trigger)).toBe(expected);
});
