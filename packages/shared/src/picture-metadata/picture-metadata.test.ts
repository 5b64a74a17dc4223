import ExifReader from "exifreader";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readExif, writeExif } from "./exif.ts";
import { readJpegExif } from "./jpeg-exif.ts";
import type { PictureSettings } from "./picture-settings.ts";
import { readPngTexts, writePngTexts } from "./png-text.ts";
import { readPictureSettings } from "./read-picture-settings.ts";
import { sidecarOf, stampPicture } from "./stamp-picture.ts";
import { readWebpExif } from "./webp-exif.ts";

const JAPANESE = "静かな海の上の灯台、夕暮れ、浮世絵風 🗼";
const settings: PictureSettings = {
  source: "safelight",
  prompt: JAPANESE,
  negativePrompt: 'ぼやけた, text: "logo"',
  steps: 28,
  guidanceScale: 3.5,
  seed: 1234567890,
  width: 64,
  height: 48,
  sampler: "Euler a",
  model: "flux, dev",
  loras: [{ name: "sea-style", scale: 0.8 }],
  made: {
    provider: "fal",
    model: "fal-ai/flux-lora",
    kind: "image",
    params: { prompt_strength: 0.4 },
    contentId: "content-1",
  },
};

function picture(format: "png" | "jpeg" | "webp", options: { lossless?: boolean; alpha?: boolean } = {}) {
  const { lossless = false, alpha = false } = options;
  const channels = alpha ? 4 : 3;
  const blank = sharp({
    create: { width: 64, height: 48, channels, background: { r: 12, g: 90, b: 160, alpha: alpha ? 0.5 : 1 } },
  });
  if (format === "webp") return blank.webp({ lossless }).toBuffer();
  return blank[format]().toBuffer();
}

const pixels = (bytes: Uint8Array) => sharp(bytes).ensureAlpha().raw().toBuffer();

describe("a stamped picture", () => {
  it.each([
    ["png", {}],
    ["png", { alpha: true }],
    ["jpeg", {}],
    ["webp", {}],
    ["webp", { lossless: true }],
    ["webp", { lossless: true, alpha: true }],
    ["webp", { alpha: true }],
  ] as const)("keeps its pixels and says how it was made: %s %o", async (format, options) => {
    const original = await picture(format, options);
    const stamped = stampPicture(original, settings);
    if (stamped === undefined) throw new Error("It was not stamped.");
    expect((await pixels(stamped)).equals(await pixels(original))).toBe(true);
    expect(await readPictureSettings(stamped)).toEqual(settings);
    expect(await readPictureSettings(original)).toBeUndefined();
  });

  it("can be stamped again, which replaces what it said and nothing else", async () => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const once = stampPicture(await picture(format), { ...settings, prompt: "before" });
      const twice = once === undefined ? undefined : stampPicture(once, settings);
      if (twice === undefined) throw new Error("It was not stamped.");
      expect(await readPictureSettings(twice)).toEqual(settings);
      expect(await sharp(twice).metadata()).toMatchObject({ width: 64, height: 48, format });
    }
  });

  it("is read by others: the text of A1111 in PNG, JPEG and WebP", async () => {
    const png = stampPicture(await picture("png"), settings);
    if (png === undefined) throw new Error("It was not stamped.");
    expect(ExifReader.load(png.buffer as ArrayBuffer)["parameters"]?.description).toContain(JAPANESE);
    const texts = (await sharp(png).metadata()).comments;
    expect(texts?.find(({ keyword }) => keyword === "parameters")?.text).toContain("Seed: 1234567890");
    for (const format of ["jpeg", "webp"] as const) {
      const stamped = stampPicture(await picture(format), settings);
      if (stamped === undefined) throw new Error("It was not stamped.");
      const tags = ExifReader.load(stamped.buffer as ArrayBuffer);
      expect(tags["ImageDescription"]?.description).toMatch(/^safelight:\{/);
      const block = readJpegExif(stamped) ?? readWebpExif(stamped) ?? new Uint8Array();
      expect(readExif(block).userComment).toContain(JAPANESE);
    }
  });

  it("keeps the EXIF it had", async () => {
    const turned = await sharp(await picture("jpeg"))
      .withExif({ IFD0: { Copyright: "somebody", Software: "a camera" } })
      .jpeg()
      .toBuffer();
    const stamped = stampPicture(turned, settings);
    if (stamped === undefined) throw new Error("It was not stamped.");
    const tags = ExifReader.load(stamped.buffer as ArrayBuffer);
    expect(tags["Copyright"]?.description).toBe("somebody");
    expect(tags["Software"]?.description).toBe("a camera");
    expect(await readPictureSettings(stamped)).toEqual(settings);
  });

  it("is not made of a format that cannot carry it: that is what the sidecar is for", async () => {
    const gif = await sharp(await picture("png"))
      .gif()
      .toBuffer();
    expect(stampPicture(gif, settings)).toBeUndefined();
    expect(JSON.parse(sidecarOf(settings))).toMatchObject({
      parameters: expect.stringContaining(JAPANESE),
      safelight: { version: 1, prompt: JAPANESE },
    });
  });

  it("is not made when JPEG has no room for the words", async () => {
    const long = { ...settings, prompt: "words ".repeat(20_000) };
    expect(stampPicture(await picture("jpeg"), long)).toBeUndefined();
    expect(stampPicture(await picture("png"), long)).toBeDefined();
  });
});

describe("reading a file that somebody damaged or made up", () => {
  it("never throws, wherever it is cut", async () => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const stamped = stampPicture(await picture(format), settings) ?? new Uint8Array();
      for (let end = 0; end < stamped.byteLength; end += 3) {
        const found = await readPictureSettings(stamped.subarray(0, end));
        expect([undefined, "safelight", "a1111"]).toContain(found?.source);
      }
    }
  });

  it("never throws, whichever bytes are turned", async () => {
    const stamped = await Promise.all(
      (["png", "jpeg", "webp"] as const).map(async (format) => stampPicture(await picture(format), settings)),
    );
    const check = fc.check(
      fc.asyncProperty(
        fc.constantFrom(...stamped),
        fc.array(fc.tuple(fc.nat({ max: 1200 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 20 }),
        async (bytes, turns) => {
          const damaged = Uint8Array.from(bytes ?? []);
          for (const [at, value] of turns) damaged[at % damaged.length] = value;
          await readPictureSettings(damaged);
          stampPicture(damaged, settings);
        },
      ),
      { numRuns: 300 },
    );
    await expect(check).resolves.toMatchObject({ failed: false });
  });

  it("does not unfold a text that would fill the memory", async () => {
    const { deflateSync } = await import("node:zlib");
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024, 32));
    const body = Buffer.concat([Buffer.from("parameters\0\0"), bomb]);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write("zTXt", 4);
    const png = await picture("png");
    const bytes = Buffer.concat([png.subarray(0, 33), head, body, Buffer.alloc(4), png.subarray(33)]);
    expect(await readPngTexts(bytes)).toEqual(new Map());
  });

  it("reads compressed texts and Latin-1 as their writers meant them", async () => {
    const { deflateSync } = await import("node:zlib");
    const chunk = (type: string, body: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(body.length);
      head.write(type, 4);
      return Buffer.concat([head, body, Buffer.alloc(4)]);
    };
    const png = await picture("png");
    const texts = [
      chunk("zTXt", Buffer.concat([Buffer.from("packed\0\0"), deflateSync(Buffer.from(JAPANESE))])),
      chunk(
        "iTXt",
        Buffer.concat([Buffer.from("foreign\0\x01\0ja\0\0"), deflateSync(Buffer.from(JAPANESE))]),
      ),
      chunk("tEXt", Buffer.concat([Buffer.from("old\0"), Buffer.from("café", "latin1")])),
      chunk("tEXt", Buffer.concat([Buffer.from("wrong\0"), Buffer.from("café", "utf8")])),
    ];
    const bytes = Buffer.concat([png.subarray(0, 33), ...texts, png.subarray(33)]);
    expect(await readPngTexts(bytes)).toEqual(
      new Map([
        ["packed", JAPANESE],
        ["foreign", JAPANESE],
        ["old", "café"],
        ["wrong", "café"],
      ]),
    );
  });

  it("writes no text into half a PNG", async () => {
    const png = await picture("png");
    expect(writePngTexts(png.subarray(0, png.byteLength - 4), new Map([["a", "b"]]))).toBeUndefined();
  });

  it("starts a block of its own when the one there is no EXIF", () => {
    const texts = { userComment: JAPANESE, imageDescription: "plain" };
    expect(readExif(writeExif(Uint8Array.of(1, 2, 3), texts))).toEqual(texts);
  });
});
