import { describe, expect, it } from "vitest";
import type { Job } from "../records/job.ts";
import { CSV_HEAD, csvLineOf, JOB_COLUMNS } from "./job-table.ts";

const job: Job = {
  id: "job-1",
  rev: 3,
  createdAt: "2026-11-20T10:00:00.000Z",
  updatedAt: "2026-11-20T10:01:00.000Z",
  number: 7,
  kind: "image",
  provider: "fal",
  prompt: "灯台",
  params: { seed: 42 },
  status: "succeeded",
  progress: 1,
  charge: { state: "reported", usd: 0.05 },
  results: ["content-1"],
  startTime: Date.UTC(2026, 10, 20, 10),
  duration: 12.5,
};

describe("a job as a line of CSV", () => {
  it("has a cell for each column, moments as ISO 8601, nothing where nothing is known", () => {
    expect(csvLineOf(job)).toBe(
      "7,succeeded,image,fal,,灯台,,2026-11-20T10:00:00.000Z,2026-11-20T10:00:00.000Z,,12.5,100,0.05,reported,1,42,,job-1\r\n",
    );
    expect(CSV_HEAD.startsWith("\uFEFFNumber,Status,")).toBe(true);
    expect(CSV_HEAD.trimEnd().split(",")).toHaveLength(JOB_COLUMNS.length);
  });

  it("keeps commas, quotes and lines of a prompt in one cell", () => {
    expect(csvLineOf({ ...job, prompt: 'a "sea",\nat dusk' })).toContain(',"a ""sea"",\nat dusk",');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])("never lets a prompt be a formula: %s", (prompt) => {
    expect(csvLineOf({ ...job, prompt })).toContain(`,'${prompt},`);
  });
});
