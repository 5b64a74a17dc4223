import { expect, it } from "vitest";
import { epochOf, formatCursor, parseCursor } from "./cursor.ts";

it("reads what it writes", () => {
  const cursor = { epoch: "e-1", seq: Number.MAX_SAFE_INTEGER };
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  expect(epochOf("e-1:0")).toBe("e-1");
});

it.each(["", "e", "e:", ":1", "e:-1", "e:01", "e:1.5", "e:9007199254740992", "e:1 ", "e:f:1", "é:1"])(
  "reads no cursor in %j",
  (text) => {
    expect(parseCursor(text)).toBeUndefined();
    expect(epochOf(text)).toBeUndefined();
  },
);

it("has no epoch where there is no cursor yet", () => {
  expect(epochOf(undefined)).toBeUndefined();
});
