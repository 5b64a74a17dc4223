import { setTimeout as wait } from "node:timers/promises";
import type { GeneratedContent } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { createPosterMaker } from "./poster-maker.ts";

const blob = { sha256: "a".repeat(64), sizeBytes: 9, mime: "video/webm" };
const poster = { bytes: new Blob(["p"]), width: 64, height: 36 };
const kept = { sha256: "b".repeat(64), sizeBytes: 1, mime: "image/webp" };
const clip = (id: string, more: Partial<GeneratedContent> = {}) =>
  makeContent({ id, type: "video", blob, ...more });

function setUp(
  contents: readonly GeneratedContent[],
  look: (id: string) => Promise<void> = async () => undefined,
) {
  const looked: string[] = [];
  const set = new Map<string, object>();
  const maker = createPosterMaker({
    client: {
      get: (_collection: string, id: string) => contents.find((content) => content.id === id),
      update: (_collection: string, id: string, fields: object) => set.set(id, fields),
      putBlob: async () => kept,
    } as never,
    look: async ({ id }) => {
      looked.push(id);
      await look(id);
      return { width: 640, height: 360, durationMs: 1500, poster };
    },
  });
  return { maker, looked, set };
}

describe("a maker of posters", () => {
  it("gives a clip its poster, and its size and length where nobody told them", async () => {
    const known = clip("known", { blob: { ...blob, width: 1, height: 2, durationMs: 3 } });
    const { maker, set } = setUp([clip("a"), known]);
    maker.want(clip("a"));
    maker.want(known);
    await wait(0);
    const still = { ...kept, width: 64, height: 36 };
    expect(set.get("a")).toEqual({
      poster: still,
      blob: { ...blob, width: 640, height: 360, durationMs: 1500 },
    });
    expect(set.get("known")).toEqual({ poster: still });
  });

  it("leaves alone what has one, lies in the trash, or is no more wanted", async () => {
    const { maker, looked } = setUp([], () => wait(5));
    maker.want(clip("has", { poster: kept }));
    maker.want(clip("gone", { deletedAt: "2026-11-21T00:00:00.000Z" }));
    maker.want(clip("first"));
    maker.want(clip("passed"))();
    await wait(20);
    expect(looked).toEqual(["first"]);
  });

  it("goes on after a clip that cannot be played, and does not try that one again", async () => {
    const { maker, looked, set } = setUp([clip("bad"), clip("good")], async (id) => {
      if (id === "bad") throw new Error("no");
    });
    maker.want(clip("bad"));
    maker.want(clip("good"));
    await wait(0);
    maker.want(clip("bad"));
    await wait(0);
    expect(looked).toEqual(["bad", "good"]);
    expect([...set.keys()]).toEqual(["good"]);
  });
});
