import { describe, expect, it } from "vitest";
import { findForbiddenKey, findJsonFault, jsonEqual, MAX_JSON_DEPTH } from "./json.ts";

const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

describe("findJsonFault", () => {
  it("finds nothing in what is only large", () => {
    expect(findJsonFault({ a: [1, "__proto__", null, { b: "constructor" }] })).toBeUndefined();
    expect(findJsonFault(nested(MAX_JSON_DEPTH))).toBeUndefined();
  });

  it.each(["__proto__", "constructor", "prototype"])("names the place of a key %s", (key) => {
    const value: unknown = JSON.parse(`{"a":[0,{"${key}":1}]}`);
    expect(findJsonFault(value)).toMatchObject({ kind: "forbidden-key", path: `/a/1/${key}` });
    expect(findForbiddenKey(value)).toBe(`/a/1/${key}`);
  });

  it("refuses what is nested too deep, and walks no further", () => {
    expect(findJsonFault({ a: nested(MAX_JSON_DEPTH) })).toMatchObject({ kind: "too-deep" });
    expect(findJsonFault(nested(100_000))?.path).toBe("/0".repeat(MAX_JSON_DEPTH));
  });
});

it("compares by what values hold, whatever the order of keys", () => {
  expect(jsonEqual({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  expect(jsonEqual({ a: [] }, { a: {} })).toBe(false);
  expect(jsonEqual([1, 2], [2, 1])).toBe(false);
  expect(jsonEqual({ a: null }, {})).toBe(false);
});
