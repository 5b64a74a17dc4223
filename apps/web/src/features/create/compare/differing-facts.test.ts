import { expect, it } from "vitest";
import { comparedFacts } from "./differing-facts.ts";

it("lines settings up by name and tells first which differ, missing ones too", () => {
  const facts = comparedFacts([
    [
      ["Model", "paint"],
      ["Seed", "1"],
    ],
    [
      ["Model", "paint"],
      ["Seed", "2"],
      ["Steps", "24"],
    ],
  ]);
  expect(facts).toEqual([
    { name: "Seed", values: ["1", "2"], differs: true },
    { name: "Steps", values: [undefined, "24"], differs: true },
    { name: "Model", values: ["paint", "paint"], differs: false },
  ]);
});
