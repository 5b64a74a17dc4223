import { expect, it } from "vitest";
import { sessionNameFor } from "./session-name.ts";

it.each([
  [undefined, "2024-12-06"],
  ["  ", "2024-12-06"],
  ["Quiet harbour", "2024-12-06 Quiet harbour"],
  [
    "Explore  serene\natmosphere with urban streets",
    "2024-12-06 Explore serene atmosphere with urban streets",
  ],
  ["one two three four five six seven eight nine", "2024-12-06 one two three four five six seven eight…"],
  ["x".repeat(500), `2024-12-06 ${"x".repeat(80)}`],
])("names a session of a day after the directive %j", (directive, name) => {
  expect(sessionNameFor("2024-12-06T09:30:00.000Z", directive)).toBe(name);
});
