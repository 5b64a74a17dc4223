import { createOpenaiFake, type FakeCall, type Misbehaviour } from "@safelight/providers/testing";
import type { Job } from "@safelight/shared";
import { afterEach, expect, it } from "vitest";
import type { FakeId } from "../../../testing/fake-providers.ts";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

/** Two that begin runs, two whose answer is the picture; each names a price, or has one from its owner. */
const PROVIDERS: readonly FakeId[] = ["fal", "runpod", "pixellab", "openai"];
/** Their runs can be asked for later: what was begun is never lost. */
const FOLLOWED: ReadonlySet<string> = new Set(["fal", "runpod"]);
const JOBS_EACH = 25;
const OVER: ReadonlySet<Job["status"]> = new Set(["succeeded", "failed", "canceled"]);

const SUBMIT_FAULTS: readonly Misbehaviour[] = [
  { do: "drop-after-accept" },
  { do: "status", status: 429, retryAfterS: 0 },
  { do: "fail" },
  { do: "drop-before-accept" },
  { do: "truncate" },
];
const POLL_FAULTS: readonly Misbehaviour[] = [
  { do: "status", status: 503 },
  { do: "not-json" },
  { do: "wrong-content-type" },
  { do: "truncate" },
  { do: "status", status: 429, retryAfterS: 0 },
];
const ARTIFACT_FAULTS: readonly Misbehaviour[] = [
  { do: "status", status: 500 },
  { do: "truncate" },
  { do: "delay", ms: 50 },
  { do: "wrong-content-type" },
];

let studio: FakeStudio;
afterEach(() => studio.close());

/** Every fifth call goes wrong, each in a way of its own: of the submits five or six. */
function misbehave(id: FakeId, call: FakeCall, faults: readonly Misbehaviour[]): void {
  for (const fault of faults) {
    studio.fake(id).misbehave(call, { do: "delay", ms: 0 }, 4);
    studio.fake(id).misbehave(call, fault);
  }
}

interface BegunRun {
  readonly id: string;
  readonly usd: number;
  readonly fate: string | undefined;
}

/** What the provider has for a job, as its owner sees it there: every prompt is of one job alone. */
function begunFor({ provider, prompt }: Job): readonly BegunRun[] {
  const fake = studio.fake(provider as FakeId);
  if (!("runs" in fake)) throw new Error(`${provider} keeps no runs.`);
  const { runs } = fake as { runs: { all(): readonly (BegunRun & { readonly request: unknown })[] } };
  return runs.all().filter(({ request }) => JSON.stringify(request).includes(`${prompt}"`));
}

function billedUsd(job: Job): number {
  const ids = new Set(begunFor(job).map(({ id }) => id));
  const lines = studio
    .fake(job.provider as FakeId)
    .bill()
    .filter(({ runId }) => ids.has(runId));
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

/**
 * What a person does for a job whose end is unknown: looks for its run, by the id that its provider shows where it must
 * be, and where there is none, copies what the account there says.
 */
async function settle(job: Job): Promise<void> {
  const path = `/api/jobs/${job.id}`;
  const looked = await studio.request.post(`${path}/look-up`).send({}).expect(200);
  const [run] = begunFor(job);
  const found =
    looked.body.asksForId === true && run !== undefined
      ? await studio.request.post(`${path}/look-up`).send({ run: run.id }).expect(200)
      : looked;
  if (found.body.adopted === true) return;
  await studio.request
    .post(`${path}/mark-failed`)
    .send({ spentUsd: billedUsd(job) })
    .expect(200);
}

// Twenty-five pictures of a provider that takes one at a time: a minute on a busy machine.
it(
  "keeps books of a hundred jobs with faults that equal the providers' bills, and loses none",
  { timeout: 120_000 },
  async () => {
    studio = await startFakeStudio(PROVIDERS, {
      fakes: { openai: () => createOpenaiFake({ tellsCost: true }) },
    });
    for (const id of PROVIDERS) {
      misbehave(id, "submit", SUBMIT_FAULTS);
      for (let round = 0; round < 5; round += 1) misbehave(id, "poll", POLL_FAULTS);
      for (let round = 0; round < 3; round += 1) misbehave(id, "artifact", ARTIFACT_FAULTS);
    }
    const posted = await Promise.all(
      PROVIDERS.flatMap((id) =>
        Array.from({ length: JOBS_EACH }, async (_, index) =>
          studio.post(id, { prompt: `picture ${index} by ${id}` }),
        ),
      ),
    );
    expect(posted).toHaveLength(100);
    const deadline = performance.now() + 110_000;
    for (;;) {
      const open = posted.map(({ id }) => studio.job(id)).filter(({ status }) => !OVER.has(status));
      if (open.length === 0) break;
      expect(performance.now(), JSON.stringify(open[0])).toBeLessThan(deadline);
      for (const { id } of open) studio.app.jobRunner.refresh(id);
      for (const job of open) if (job.status === "unknown") await settle(job);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }

    const jobs = posted.map(({ id }) => studio.job(id));
    for (const job of jobs) {
      const runs = begunFor(job);
      expect(runs.length, `runs of ${job.prompt}`).toBeLessThanOrEqual(1);
      expect(job.charge.usd ?? 0, `the price of ${job.prompt}`).toBeCloseTo(billedUsd(job), 9);
      if (job.status === "succeeded") expect(job.results.length, job.prompt).toBeGreaterThan(0);
      const isMade = runs.some(({ fate }) => fate !== "fail");
      if (FOLLOWED.has(job.provider)) expect(job.status, job.prompt).toBe(isMade ? "succeeded" : "failed");
    }
    const { body } = await studio.request.get("/api/ledger?by=provider").expect(200);
    for (const id of PROVIDERS) {
      const fake = studio.fake(id);
      const group = body.groups.find(({ key }: { key: string }) => key === id);
      const billed = fake.bill().reduce((sum, { usd }) => sum + usd, 0);
      expect(group.usd, id).toBeCloseTo(billed, 9);
      const made = jobs.filter(({ provider, status }) => provider === id && status === "succeeded");
      expect(made.length, id).toBeGreaterThanOrEqual(JOBS_EACH - 5);
      expect(made.length, `faults at ${id}`).toBeLessThan(JOBS_EACH);
    }
    const csv = await studio.request.get("/api/ledger.csv").expect(200);
    expect(csv.text.trim().split("\r\n").length - 1).toBe(body.total.jobs);
  },
);
