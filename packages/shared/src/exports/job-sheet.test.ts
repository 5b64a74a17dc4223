import { describe, expect, it } from "vitest";
import type { Job } from "../records/job.ts";
import { jobSheet } from "./job-sheet.ts";
import { JOB_COLUMNS } from "./job-table.ts";

const job: Job = {
  id: "job-1",
  rev: 1,
  createdAt: "2026-11-20T10:00:00.000Z",
  updatedAt: "2026-11-20T10:00:00.000Z",
  number: 7,
  kind: "image",
  provider: "fal",
  prompt: 'a <sea> & "dusk"\u0001',
  params: {},
  status: "succeeded",
  progress: 1,
  charge: { state: "none" },
  results: [],
};

describe("a workbook of jobs", () => {
  it("has a title for each column, and rows that count up under it", () => {
    const { head, row } = jobSheet();
    expect(head.match(/<c r="[A-Z]+1" /g)).toHaveLength(JOB_COLUMNS.length);
    expect(row(job)).toContain('<row r="2"><c r="A2"><v>7</v></c>');
    expect(row(job)).toContain('<row r="3">');
    expect(jobSheet().row(job)).toContain('<row r="2">');
  });

  it("holds any prompt, as text that XML can hold", () => {
    expect(jobSheet().row(job)).toContain("a &lt;sea&gt; &amp; &quot;dusk&quot;\uFFFD");
  });

  it("names every part that it is made of", () => {
    const { parts, path } = jobSheet();
    expect(parts.get("[Content_Types].xml")).toContain(`/${path}`);
    expect([...parts.keys()]).toContain("xl/workbook.xml");
  });
});
