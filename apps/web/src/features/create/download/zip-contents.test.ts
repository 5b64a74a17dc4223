import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { ORIGINAL } from "./download-variant.ts";
import { readOriginal } from "./read-original.ts";
import { zipContents } from "./zip-contents.ts";
import { createZipNames } from "./zip-names.ts";

const blob = { sha256: "a".repeat(64), sizeBytes: 3, mime: "image/png" };
const { signal } = new AbortController();

describe("a zip of pictures", () => {
  it("holds every original unchanged under a name of its own, and what is known of each", async () => {
    const contents = [1, 2].map((number) =>
      makeContent({ id: `content-${number}`, filename: "sea.png", blob }),
    );
    const gone = makeContent({ id: "content-3", blob });
    const done: number[] = [];
    const { zip, packed, missing } = await zipContents([...contents, gone], {
      variant: ORIGINAL,
      read: async ({ id }) => (id === gone.id ? undefined : new Blob([id])),
      onProgress: (count) => done.push(count),
      signal,
    });
    expect([packed, missing.map(({ id }) => id), done]).toEqual([2, ["content-3"], [3]]);
    const archive = await JSZip.loadAsync(await zip.arrayBuffer());
    expect(Object.keys(archive.files)).toEqual(["sea.png", "sea (2).png", "pictures.json"]);
    expect(await archive.file("sea (2).png")?.async("string")).toBe("content-2");
    const known: unknown = JSON.parse((await archive.file("pictures.json")?.async("string")) ?? "");
    expect(known).toMatchObject([
      { file: "sea.png", id: "content-1", prompt: "a lighthouse" },
      { file: "sea (2).png" },
    ]);
  });

  it("stops when it is told to", async () => {
    const stopped = AbortSignal.abort();
    const options = {
      variant: ORIGINAL,
      read: async () => undefined,
      onProgress: () => undefined,
      signal: stopped,
    };
    await expect(zipContents([makeContent({ id: "a" })], options)).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("the original of a picture", () => {
  const own = new Blob(["own"]);
  const none = { client: { localBlob: async () => undefined }, cached: async () => undefined, signal };
  const away = async () => {
    throw new TypeError("Failed to fetch");
  };

  it("is this device's own, what was seen, or the server's, in this order", async () => {
    const seen = async () => new Response("seen");
    const server = async () => new Response("server");
    const text = async (bytes: Promise<Blob | undefined>) => (await bytes)?.text();
    const local = { localBlob: async () => own };
    expect(await text(readOriginal({ blob }, { ...none, client: local, cached: seen, fetch: server }))).toBe(
      "own",
    );
    expect(await text(readOriginal({ blob }, { ...none, cached: seen, fetch: away }))).toBe("seen");
    expect(await text(readOriginal({ blob }, { ...none, fetch: server }))).toBe("server");
  });

  it("is missing when the server is away or does not have it", async () => {
    expect(await readOriginal({ blob }, { ...none, fetch: away })).toBeUndefined();
    const refused = async () => new Response("no", { status: 404 });
    expect(await readOriginal({ blob }, { ...none, fetch: refused })).toBeUndefined();
  });
});

it("tells names apart without case, and keeps the extension", () => {
  const nameOf = createZipNames();
  expect(["a.png", "A.png", "a.png", "b", ".x"].map(nameOf)).toEqual([
    "a.png",
    "A (2).png",
    "a (3).png",
    "b",
    ".x",
  ]);
});
