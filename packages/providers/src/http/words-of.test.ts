import { expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";
import { wordsOf } from "./words-of.ts";

const said = (body: unknown) => wordsOf(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));

it("finds what a provider says, however it puts it", () => {
  expect(said({ detail: "No credits." })).toBe("No credits.");
  expect(said({ error: { message: "Bad size", code: "x" } })).toBe("Bad size");
  expect(said({ errors: [{ message: "one" }, { message: "two" }] })).toBe("one two");
  expect(said({ title: "Unauthenticated", status: 401 })).toBe("Unauthenticated");
  expect(said("plain words")).toBe("plain words");
  expect(said({ error: { message: "" }, node_errors: {} })).toBeUndefined();
  expect(said("<html>gateway</html>")).toBeUndefined();
  expect(said("")).toBeUndefined();
  expect(said("x".repeat(5000))).toHaveLength(601);
});

it("reads how long it shall wait, in seconds or as a date, within reason", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const after = (value: string) => retryAfterMs(new Headers({ "retry-after": value }), now);
  expect(after("30")).toBe(30_000);
  expect(after("Thu, 01 Jan 2026 00:00:10 GMT")).toBe(10_000);
  expect(after("Wed, 31 Dec 2025 00:00:00 GMT")).toBe(0);
  expect(after("99999999")).toBe(900_000);
  expect(after("soon")).toBeUndefined();
  expect(retryAfterMs(new Headers(), now)).toBeUndefined();
});
