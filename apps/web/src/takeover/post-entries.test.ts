import { expect, it } from "vitest";
import { postEntries, ServerAwayError } from "./post-entries.ts";

const entries = Array.from({ length: 100 }, (_, index) => ({ id: `job-${index + 1}` }));
const problem = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

it("sets apart the entries that the server refuses and sends all others once", async () => {
  const taken: string[] = [];
  const answer = await postEntries("jobs", entries, async (path, init) => {
    expect(path).toBe("/api/save-jobs");
    const { jobs } = JSON.parse(init?.body as string) as { jobs: { id: string }[] };
    if (jobs.some(({ id }) => id === "job-7" || id === "job-90")) {
      return problem(400, { code: "request.invalid", detail: "It does not fit." });
    }
    taken.push(...jobs.map(({ id }) => id));
    return problem(200, {});
  });
  expect(answer.taken).toBe(98);
  expect(answer.refused).toEqual([
    { place: "job-7", reason: "It does not fit." },
    { place: "job-90", reason: "It does not fit." },
  ]);
  expect(new Set(taken).size).toBe(98);
  expect(taken).toHaveLength(98);
});

it("takes a job without its picture when the server refuses that", async () => {
  const sent: unknown[] = [];
  const answer = await postEntries(
    "jobs",
    [{ id: "job-1", result: "data:image/png;base64,AA" }],
    async (_, init) => {
      const { jobs } = JSON.parse(init?.body as string) as { jobs: { result: string | null }[] };
      sent.push(...jobs);
      return jobs[0]?.result === null
        ? problem(200, {})
        : problem(422, { code: "x", detail: "It is damaged." });
    },
  );
  expect(sent.at(-1)).toEqual({ id: "job-1", result: null });
  expect(answer).toEqual({
    taken: 1,
    refused: [{ place: "job-1", reason: "It is damaged. The job was taken without its picture." }],
  });
});

it.each([
  ["no answer", async () => Promise.reject(new TypeError("fetch failed"))],
  ["a 401", async () => problem(401, { code: "auth.needed" })],
  ["a 503", async () => problem(503, { code: "store.read-only" })],
  ["a proxy's 400", async () => new Response("<h1>Bad request</h1>", { status: 400 })],
])("waits for the server after %s", async (_, post) => {
  await expect(postEntries("models", entries, post)).rejects.toBeInstanceOf(ServerAwayError);
});
