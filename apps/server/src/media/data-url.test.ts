import { describe, expect, it } from "vitest";
import { decodeBase64, parseDataUrl } from "./data-url.ts";

describe("parseDataUrl", () => {
  it("gives the bytes, and the prefix as it was sent", () => {
    const text = "DATA:image/png;name=a.png;base64,aGVsbG8=";
    expect(parseDataUrl(text)).toEqual({
      prefix: "DATA:image/png;name=a.png;base64,",
      bytes: Buffer.from("hello"),
    });
  });

  it.each([
    "",
    "hello",
    "data:text/plain,hello",
    "data:image/png;base64",
    "data:image/png;base64,...",
    "data:;base64,a",
  ])("refuses %j", (text) => expect(parseDataUrl(text)).toBeUndefined());
});

describe("decodeBase64", () => {
  it("reads whatever this Node writes, with or without padding or line breaks", () => {
    for (let length = 0; length < 50; length += 1) {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 37 + length) & 255));
      const text = bytes.toString("base64");
      expect(decodeBase64(text)).toEqual(bytes);
      expect(decodeBase64(text.replace(/=+$/, ""))).toEqual(bytes);
      expect(decodeBase64(text.replaceAll(/.{4}/g, "$&\r\n"))).toEqual(bytes);
    }
  });

  it.each(["a", "ab=", "ab===", "a=bc", "abc-", "ab_d", "abcd=", "häll"])("refuses %j", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
