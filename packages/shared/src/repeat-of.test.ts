import { expect, it } from "vitest";
import type { Job } from "./records/job.ts";
import { repeatOf } from "./repeat-of.ts";

const job: Job = {
  id: "job-1",
  rev: 3,
  createdAt: "2026-11-21T10:00:00.000Z",
  updatedAt: "2026-11-21T10:00:09.000Z",
  number: 1,
  kind: "sprite",
  provider: "pixellab",
  prompt: "heroic knight",
  params: { width: 64, height: 64, seed: null },
  status: "succeeded",
  progress: 1,
  charge: { state: "reported", usd: 0.01 },
  results: ["content-1"],
};

it("asks for the same work, without what came of it and without what was left to the provider", () => {
  expect(repeatOf(job)).toEqual({
    kind: "sprite",
    provider: "pixellab",
    prompt: "heroic knight",
    params: { width: 64, height: 64 },
    repeats: "job-1",
  });
  const more = { model: "pixflux", negativePrompt: "blur", styleId: "style-1" };
  expect(repeatOf({ ...job, ...more })).toMatchObject(more);
});
