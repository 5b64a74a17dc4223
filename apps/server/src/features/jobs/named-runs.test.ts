import type { RunpodFake } from "@safelight/providers/testing";
import { afterEach, expect, it } from "vitest";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

// RunPod lists no runs: which one is a job's own only its answer tells, its webhook, or a person who reads it there.
let studio: FakeStudio;
afterEach(() => studio.close());

async function open(): Promise<RunpodFake> {
  studio = await startFakeStudio(["runpod"], { publicUrl: "https://studio.example.com" });
  return studio.fake("runpod") as RunpodFake;
}

async function call(runpod: RunpodFake, runId: string): Promise<number> {
  const { pathname } = new URL(runpod.runs.get(runId)?.request.webhook ?? "");
  const { headers, body } = runpod.webhook(runId);
  const answer = await fetch(`${studio.url}${pathname}`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
  return answer.status;
}

async function takenRun(runpod: RunpodFake): Promise<string> {
  await expect.poll(() => runpod.runs.all().length, { timeout: 10_000 }).toBe(1);
  return runpod.runs.all()[0]?.id ?? "";
}

const look = async (id: string, body: object) => studio.request.post(`/api/jobs/${id}/look-up`).send(body);

it("a run that a webhook names while its submit waits for the answer is the job's own when that is lost", async () => {
  const runpod = await open();
  runpod.misbehave("submit", { do: "drop-after-accept", afterMs: 1500 });
  const { id } = await studio.post("runpod", { params: { seed: 7, steps: 12 } });
  const run = await takenRun(runpod);
  expect(await call(runpod, run)).toBe(200);
  const job = await studio.reach(id, "succeeded");
  expect(job).toMatchObject({ remote: { id: run, endpoint: "gen-endpoint-1", seed: 7, steps: 12 } });
  expect(job.error).toBeUndefined();
  expect(job.results).toHaveLength(1);
  expect(runpod.submits()).toBe(1);
  expect(await call(runpod, run)).toBe(200);
  expect(studio.store.count("contents")).toBe(1);
});

it("a run that a webhook names after its answer was lost is adopted, with how its picture was made", async () => {
  const runpod = await open();
  runpod.misbehave("submit", { do: "drop-after-accept" });
  const { id } = await studio.post("runpod", { params: { seed: 7 } });
  await studio.reach(id, "unknown");
  expect(await call(runpod, await takenRun(runpod))).toBe(200);
  const job = await studio.reach(id, "succeeded");
  expect(studio.contents(job)).toMatchObject([{ config: { seed: 7 } }]);
  expect(runpod.submits()).toBe(1);
});

it("a run whose id somebody gives is adopted when its provider has it and no other job does", async () => {
  const runpod = await open();
  runpod.misbehave("submit", { do: "drop-after-accept" }, 2);
  const { id } = await studio.post("runpod");
  await studio.reach(id, "unknown");
  const run = await takenRun(runpod);
  expect((await look(id, {})).body).toMatchObject({ adopted: false, candidates: [], asksForId: true });
  for (const wrong of ["no-such-run", "../health"]) {
    expect((await look(id, { run: wrong })).body).toMatchObject({ adopted: false, candidates: [] });
  }
  expect((await look(id, { run })).body).toMatchObject({ adopted: true, job: { status: "running" } });
  expect((await studio.reach(id, "succeeded")).charge).toEqual({ state: "estimated", usd: 0.0008 });
  const other = await studio.post("runpod");
  await studio.reach(other.id, "unknown");
  expect((await look(other.id, { run })).body).toMatchObject({ adopted: false });
  expect(studio.job(other.id).status).toBe("unknown");
  expect(runpod.submits()).toBe(2);
});
