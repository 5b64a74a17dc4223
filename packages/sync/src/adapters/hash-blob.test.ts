import { expect, test } from "vitest";
import { hashBlob, hashByLibrary } from "./hash-blob.ts";

const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

test("Y70: the browser and the library find the same hash", async () => {
  expect(await hashBlob(new Blob(["abc"]))).toBe(ABC);
  expect(await hashByLibrary(new Blob(["abc"]))).toBe(ABC);
  const large = new Blob([new Uint8Array(200_000).fill(7)]);
  expect(await hashByLibrary(large)).toBe(await hashBlob(large));
});
