import { readPictureSettings } from "@safelight/shared/picture-metadata";
import { describe, expect, it } from "vitest";
import { makePng } from "../../../../e2e/make-picture.ts";
import { makeContent } from "../../../testing/make-records.ts";
import { DESCRIBED } from "./described-variant.ts";

describe("a download with its settings", () => {
  it("says in the picture how it was made, and leaves the original alone", async () => {
    const bytes = makePng(8, 8, [1, 2, 3]);
    const original = new Blob([new Uint8Array(bytes)], { type: "image/png" });
    const blob = { sha256: "0".repeat(64), sizeBytes: bytes.byteLength, mime: "image/png" };
    const content = makeContent({ id: "content-1", prompt: "静かな海", config: { seed: 7 }, blob });
    expect(DESCRIBED.appliesTo(content)).toBe(true);
    const copy = await DESCRIBED.make(original, content);
    const settings = await readPictureSettings(new Uint8Array(await copy.arrayBuffer()));
    expect(settings).toMatchObject({ source: "safelight", prompt: "静かな海", seed: 7 });
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("is offered for what was made from words, here or elsewhere, and can carry them", () => {
    const png = { sha256: "0".repeat(64), sizeBytes: 1, mime: "image/png" };
    expect(DESCRIBED.appliesTo(makeContent({ id: "c", origin: "import", prompt: "a fox", blob: png }))).toBe(
      true,
    );
    expect(DESCRIBED.appliesTo(makeContent({ id: "d", origin: "import", prompt: "", blob: png }))).toBe(
      false,
    );
    const blob = { sha256: "0".repeat(64), sizeBytes: 1, mime: "video/mp4" };
    expect(DESCRIBED.appliesTo(makeContent({ id: "a", type: "video", blob }))).toBe(false);
    expect(DESCRIBED.appliesTo(makeContent({ id: "b", origin: "upload" }))).toBe(false);
  });
});
