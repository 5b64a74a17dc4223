import { expect, it } from "vitest";
import { smallTar } from "../../testing/small-files.ts";
import { loraInTar } from "./lora-in-tar.ts";

const lora = Buffer.alloc(1500, 7);
const tar = smallTar({
  "config.yaml": Buffer.alloc(600, 1),
  "out/lora.safetensors": lora,
  "z.txt": Buffer.from("z"),
});

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size);
}
const read = async (bytes: Buffer, size = 64 * 1024) =>
  Buffer.concat(await Array.fromAsync(loraInTar(inPieces(bytes, size))));

it.for([1, 100, 512, 513, 100_000])(
  "finds the file however the archive comes in: %i bytes at a time",
  async (size) => {
    expect((await read(tar, size)).equals(lora)).toBe(true);
  },
);

it("finds a file whose name is too long for a header", async () => {
  const name = `${"deep/".repeat(40)}lora.safetensors`;
  const longName = smallTar({ "././@LongLink": Buffer.from(`${name}\0`) }).subarray(0, -1024);
  longName.write("L", 156, "latin1");
  const whole = Buffer.concat([longName, smallTar({ [name.slice(0, 100)]: lora })]);
  expect((await read(whole)).equals(lora)).toBe(true);
});

it.for([
  ["without such a file", smallTar({ "config.yaml": Buffer.from("x") })],
  ["empty", Buffer.alloc(0)],
  ["cut in the file", tar.subarray(0, 2500)],
  ["cut in a header", tar.subarray(0, 300)],
  ["no archive at all", Buffer.alloc(2048, 0x41)],
] as const)("says what is wrong with an archive that is %s", async ([, bytes]) => {
  await expect(read(Buffer.from(bytes))).rejects.toMatchObject({ code: "provider.answer-invalid" });
});
