import { readSheet } from "read-excel-file/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let studio: TestApp;
beforeEach(async () => {
  studio = await createTestApp();
  const make = (id: string, prompt: string, more: object) =>
    studio.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [
        {
          op: "create",
          collection: "jobs",
          id,
          set: { kind: "image", provider: "fal", prompt, status: "succeeded", ...more },
        },
      ],
    });
  await make("job-a", '静かな海, "dusk" <1>', {
    charge: { state: "reported", usd: 0.05 },
    params: { seed: 42 },
  });
  await make("job-b", "=HYPERLINK(1)", { status: "failed", error: { code: "x", message: "no\u0001 room" } });
  await make("job-c", "a cat", { provider: "replicate" });
});
afterEach(() => studio.close());

async function load(query: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const answer = await fetch(`${studio.url}/api/jobs/export?${query}`);
  expect(answer.status).toBe(200);
  return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe("an export of jobs", () => {
  it("is CSV unless another format is asked for", async () => {
    const { headers, bytes } = await load("");
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="?jobs-.*\.csv/);
    const lines = bytes.toString().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(bytes.toString()).toContain(`"静かな海, ""dusk"" <1>"`);
    expect(bytes.toString()).toContain(",'=HYPERLINK(1),");
  });

  it("is a workbook that another reader opens, with numbers and dates as such", async () => {
    const { bytes } = await load("format=xlsx");
    const rows = await readSheet(bytes);
    expect(rows[0]?.slice(0, 3)).toEqual(["Number", "Status", "Kind"]);
    expect(rows).toHaveLength(4);
    const row = rows.find((cells) => cells.includes("job-a"));
    const at = (title: string) => row?.[rows[0]?.indexOf(title) ?? -1];
    expect(at("Prompt")).toBe('静かな海, "dusk" <1>');
    expect(at("Cost (USD)")).toBe(0.05);
    expect(at("Seed")).toBe(42);
    expect(at("Created")).toBeInstanceOf(Date);
    expect(Math.abs(Number(at("Created")) - Date.now())).toBeLessThan(60_000);
  });

  it("is the records themselves as JSON", async () => {
    const { bytes } = await load("format=json&provider=replicate");
    expect(JSON.parse(bytes.toString())).toEqual({ jobs: [studio.store.get("jobs", "job-c")] });
  });

  it.each([
    ["status=failed", ["job-b"]],
    ["provider=fal", ["job-a", "job-b"]],
    ["search=DUSK", ["job-a"]],
    ["from=2999-01-01T00:00:00Z", []],
    ["to=2999-01-01T00:00:00Z&kind=image&search=cat", ["job-c"]],
  ])("holds what fits: %s", async (query, ids) => {
    const { bytes } = await load(`format=json&${query}`);
    const { jobs } = JSON.parse(bytes.toString()) as { jobs: { id: string }[] };
    expect(jobs.map(({ id }) => id).toSorted()).toEqual(ids);
  });

  it("leaves the trash out and refuses what it does not know", async () => {
    await studio.request.delete("/api/jobs/job-c").expect(200);
    expect((await load("format=json")).bytes.toString()).not.toContain("job-c");
    for (const query of ["format=pdf", "colour=red", "from=yesterday"]) {
      await studio.request.get(`/api/jobs/export?${query}`).expect(400);
    }
  });
});
