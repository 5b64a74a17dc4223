import { expect, it } from "vitest";
import { parseByteRange } from "./byte-range.ts";

it.each([
  [undefined, undefined],
  ["", undefined],
  ["bytes=-", undefined],
  ["items=0-1", undefined],
  ["bytes=0-1,4-5", undefined],
  ["bytes=5-2", undefined],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=2-5", { start: 2, end: 5 }],
  ["bytes=2-", { start: 2, end: 9 }],
  ["bytes=2-99", { start: 2, end: 9 }],
  ["bytes=-3", { start: 7, end: 9 }],
  ["bytes=-99", { start: 0, end: 9 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=10-12", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
])("reads %s of ten bytes as %o", (header, expected) => {
  expect(parseByteRange(header, 10)).toEqual(expected);
});
