import { INLINE_MIMES } from "@safelight/shared";
import { expect, it } from "vitest";
import { sniffMime } from "./sniff-mime.ts";

const sniff = (head: string) => sniffMime(Buffer.from(head, "latin1"));
const PNG = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\0\0\0\0\0\0\0\x01IDAT";

it.each([
  ["image/png", PNG],
  ["image/jpeg", "\xff\xd8\xff\xe0\0\x10JFIF\0\x01"],
  ["image/gif", "GIF89a\x01\0\x01\0\x80\0\0"],
  ["image/gif", "GIF87a\x01\0\x01\0\x80\0\0"],
  ["image/webp", "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0"],
  ["image/webp", "RIFF\x0a\n\0\0WEBPVP8X\x0a\0\0\0"],
  ["image/avif", "\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"],
  ["video/mp4", "\0\0\0\x18ftypisom\0\0\x02\0isomiso2"],
  ["video/mp4", "\0\0\x0a\nftypmp42\0\0\0\0mp42isom"],
  ["video/quicktime", "\0\0\0\x14ftypqt  \0\0\0\0qt  "],
  [
    "video/webm",
    "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x02\x42\x85\x81\x02",
  ],
])("takes a head of %s for one", async (mime, head) => {
  expect(await sniff(head)).toBe(mime);
});

it.each([
  "the freedom of the press",
  "The wide world",
  "xxxxmoov<script>alert(1)</script>",
  "abc mdat",
  "abcdftypisom, says the text",
  "abcdftypqt  , says the text",
  "abcdftypavif, says the text",
  "GIF is pronounced so",
  "GIF8 what",
  "RIFF of a WEBPage",
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  "<!doctype html><title>x</title>",
])("takes the text %j for nothing that is shown", async (text) => {
  expect(INLINE_MIMES.has(await sniff(text))).toBe(false);
});

it("takes no text of a few letters around a name of four for anything that is shown", async () => {
  const names = ["free", "wide", "mdat", "moov", "ftyp", "skip", "pnot", "WEBP", "webm", "avif", "qt  "];
  for (const name of names)
    for (let at = 0; at <= 12; at += 1) {
      const text = "so it is said: ".slice(0, at) + name + name + " and more of it";
      expect(INLINE_MIMES.has(await sniff(text)), text).toBe(false);
    }
});

it("says nothing of the oldest QuickTime files, which begin like a text might", async () => {
  expect(await sniff("\0\0\0\x08wide\0\x01\0\0mdat")).toBe("application/octet-stream");
});
