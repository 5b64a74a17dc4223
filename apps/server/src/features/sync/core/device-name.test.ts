import { MOST_DEVICE_NAME } from "@safelight/shared";
import { expect, it } from "vitest";
import { readDeviceName } from "./device-name.ts";

it.each([
  ["Firefox%20on%20Linux", "Firefox on Linux"],
  ["Mina%E2%80%99s%20laptop", "Mina’s laptop"],
  ["%0Aa%0D%0Ab%E2%80%AEc", "a b c"],
  ["x".repeat(80), "x".repeat(MOST_DEVICE_NAME)],
  ["%20", undefined],
  ["%E0%A4%A", undefined],
  [undefined, undefined],
])("%s is read as %s", (header, name) => {
  expect(readDeviceName(header)).toBe(name);
});
