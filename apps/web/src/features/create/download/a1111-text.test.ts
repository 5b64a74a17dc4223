import { expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { a1111Text } from "./a1111-text.ts";

it("writes a picture's settings as AUTOMATIC1111 does", () => {
  const config = {
    steps: 24,
    guidanceScale: 3.5,
    seed: 48_151_623,
    width: 768,
    height: 512,
    sampler: "Euler a",
  };
  const content = makeContent({
    id: "a",
    prompt: "a lighthouse",
    negativePrompt: "people, text",
    config,
    modelId: "x: y",
  });
  expect(a1111Text(content)).toBe(
    'a lighthouse\nNegative prompt: people, text\nSteps: 24, Sampler: Euler a, CFG scale: 3.5, Seed: 48151623, Size: 768x512, Model: "x: y"',
  );
});

it("leaves out what is not known", () => {
  expect(a1111Text(makeContent({ id: "a", prompt: "fox", config: {}, modelId: "" }))).toBe("fox");
});
