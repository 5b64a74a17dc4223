import { expect, it } from "vitest";
import { pollDelayMs } from "./deadlines.ts";

it("asks less often while nothing new comes, and of a training at its own pace", () => {
  const timings = { pollEveryMs: 1000, trainingPollMs: 30_000 };
  expect(pollDelayMs("image", { ...timings, quietPolls: 0 })).toBe(1000);
  expect(pollDelayMs("image", { ...timings, quietPolls: 1 })).toBe(1300);
  expect(pollDelayMs("image", { ...timings, quietPolls: 50 })).toBe(6000);
  expect(pollDelayMs("training", { ...timings, quietPolls: 50 })).toBe(30_000);
});
