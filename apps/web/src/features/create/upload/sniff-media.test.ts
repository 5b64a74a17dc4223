import { describe, expect, it } from "vitest";
import { sniffMedia } from "./sniff-media.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("sniffMedia", () => {
  it("knows pictures by their first bytes", () => {
    expect(sniffMedia(bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))).toBe("image/png");
    expect(sniffMedia(bytes("\xff\xd8\xff\xe0\0\x10JFIF"))).toBe("image/jpeg");
    expect(sniffMedia(bytes("RIFF\x10\0\0\0WEBPVP8 "))).toBe("image/webp");
    expect(sniffMedia(bytes("GIF89a"))).toBe("image/gif");
    expect(sniffMedia(bytes("\0\0\0\x1cftypavif"))).toBe("image/avif");
  });

  it("knows clips by their first bytes", () => {
    expect(sniffMedia(bytes("\0\0\0\x20ftypisom\0\0\x02\0"))).toBe("video/mp4");
    expect(sniffMedia(bytes("\0\0\0\x14ftypqt  \0\0\0\0"))).toBe("video/quicktime");
    expect(sniffMedia(bytes("\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm"))).toBe("video/webm");
  });

  it("takes nothing else for one, whatever its name", () => {
    expect(sniffMedia(bytes("hello, world"))).toBeUndefined();
    expect(sniffMedia(bytes("RIFF\x10\0\0\0WAVEfmt "))).toBeUndefined();
    expect(sniffMedia(bytes("<svg xmlns="))).toBeUndefined();
    expect(sniffMedia(bytes("\0\0\0\x18ftypheic"))).toBeUndefined();
    expect(sniffMedia(bytes("\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska"))).toBeUndefined();
    expect(sniffMedia(new Uint8Array())).toBeUndefined();
  });
});
