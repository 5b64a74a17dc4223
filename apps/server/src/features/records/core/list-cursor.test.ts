import { describe, expect, it } from "vitest";
import { decodeListCursor, encodeListCursor } from "./list-cursor.ts";

describe("a list cursor", () => {
  it.each(["plain", "mit Umlaut ä", "冬🌙", "", 12.5, -0.1, true, null])("keeps the place %s", (value) => {
    const key = { value, id: "style-1" };
    const cursor = encodeListCursor("-name", key);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeListCursor("-name", cursor)).toEqual(key);
  });

  it.each(["", "%", "bm90IGpzb24", btoa('["-name",{},"x"]'), btoa('["-name","a"]'), "\u{1F4A5}"])(
    "is not read from %j",
    (text) => {
      expect(decodeListCursor("-name", text)).toBeUndefined();
    },
  );

  it("does not fit another order", () => {
    expect(decodeListCursor("name", encodeListCursor("-name", { value: "a", id: "b" }))).toBeUndefined();
  });
});
