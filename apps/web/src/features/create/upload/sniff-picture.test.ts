import { describe, expect, it } from "vitest";
import { sniffPicture } from "./sniff-picture.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("sniffPicture", () => {
  it("knows pictures by their first bytes", () => {
    expect(sniffPicture(bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))).toBe("image/png");
    expect(sniffPicture(bytes("\xff\xd8\xff\xe0\0\x10JFIF"))).toBe("image/jpeg");
    expect(sniffPicture(bytes("RIFF\x10\0\0\0WEBPVP8 "))).toBe("image/webp");
    expect(sniffPicture(bytes("GIF89a"))).toBe("image/gif");
    expect(sniffPicture(bytes("\0\0\0\x1cftypavif"))).toBe("image/avif");
  });

  it("takes nothing else for one, whatever its name", () => {
    expect(sniffPicture(bytes("hello, world"))).toBeUndefined();
    expect(sniffPicture(bytes("RIFF\x10\0\0\0WAVEfmt "))).toBeUndefined();
    expect(sniffPicture(bytes("<svg xmlns="))).toBeUndefined();
    expect(sniffPicture(new Uint8Array())).toBeUndefined();
  });
});
