import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { muxClip } from "../../testing/mux-clip.ts";
import { makeTempDir } from "../../testing/temp-dir.ts";
import { readClipFacts } from "./clip-facts.ts";

const SHAPE = { width: 320, height: 180, seconds: 1.5 };
const FACTS = { width: 320, height: 180, durationMs: 1500 };

describe.each(["mp4", "mov", "webm"] as const)("the headers of a %s clip", (type) => {
  it("tell its size and length, from a file, from bytes, and piece by piece", async () => {
    const clip = await muxClip(type, SHAPE);
    const folder = makeTempDir();
    const path = join(folder.path, "clip");
    await writeFile(path, clip);
    expect(await readClipFacts(path)).toEqual(FACTS);
    folder.remove();
    expect(await readClipFacts(clip)).toEqual(FACTS);
    const read = async (start: number, end: number) => clip.subarray(start, end);
    expect(await readClipFacts({ sizeBytes: clip.length, read })).toEqual(FACTS);
  });

  it("tell nothing when they are cut off", async () => {
    const clip = await muxClip(type, SHAPE);
    expect(await readClipFacts(clip.subarray(0, 40))).toBeUndefined();
    expect(await readClipFacts(new Uint8Array(64))).toBeUndefined();
  });
});
