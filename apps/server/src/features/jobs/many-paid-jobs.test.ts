import type { Job } from "@safelight/shared";
import { afterEach, expect, it } from "vitest";
import type { FakeId } from "../../../testing/fake-providers.ts";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

/** Two whose prices are told, one whose price nobody tells, one that is free. */
const PROVIDERS: readonly FakeId[] = ["fal", "pixellab", "openai", "comfyui"];
const JOBS_EACH = 25;
const OVER: ReadonlySet<Job["status"]> = new Set(["succeeded", "failed", "canceled"]);

const isUntold = ({ charge }: Job): boolean => charge.state !== "none" && charge.usd === undefined;

let studio: FakeStudio;
afterEach(() => studio.close());

/** Every fifth call goes wrong, each in a way of its own; half of what is lost was taken. */
function misbehave(): void {
  for (const id of PROVIDERS) {
    const fake = studio.fake(id);
    fake.misbehave("submit", { do: "status", status: 429, retryAfterS: 0 });
    fake.misbehave("submit", { do: "drop-after-accept" });
    fake.misbehave("submit", { do: "drop-before-accept" });
    fake.misbehave("submit", { do: "fail" });
    fake.misbehave("submit", { do: "status", status: 429 });
    fake.misbehave("poll", { do: "status", status: 503 }, 3);
    fake.misbehave("poll", { do: "not-json" }, 2);
    fake.misbehave("artifact", { do: "status", status: 500 }, 3);
    fake.misbehave("artifact", { do: "truncate" }, 2);
  }
}

/**
 * What a person does when nothing of a provider moves by itself any more: looks for the run of each job whose end is
 * unknown, and for those that have none, reads what is left on the provider's own bill.
 */
async function settle(id: FakeId, open: readonly Job[]): Promise<void> {
  if (open.some(({ status }) => status !== "unknown")) return;
  let isAdopted = false;
  for (const job of open) {
    const { body } = await studio.request.post(`/api/jobs/${job.id}/look-up`).send({});
    isAdopted ||= body.adopted === true;
  }
  if (isAdopted) return;
  for (const job of open) {
    const billed = studio
      .fake(id)
      .bill()
      .reduce((sum, { usd }) => sum + usd, 0);
    const spentUsd = Math.max(0, Math.round((billed - (await spentAt(id))) * 1e9) / 1e9);
    await studio.request.post(`/api/jobs/${job.id}/mark-failed`).send({ spentUsd }).expect(200);
  }
}

async function spentAt(provider: string): Promise<number> {
  const { body } = await studio.request.get("/api/ledger?by=provider").expect(200);
  const group = body.groups.find(({ key }: { key: string }) => key === provider);
  // What is only estimated for a lost job is what is being asked about.
  return group?.reportedUsd ?? 0;
}

// Twenty-five pictures of a provider that takes one at a time: a minute on a busy machine.
it(
  "keeps books of a hundred jobs with faults that equal the providers' bills, and loses none",
  { timeout: 90_000 },
  async () => {
    studio = await startFakeStudio(PROVIDERS);
    misbehave();
    const posted = await Promise.all(
      PROVIDERS.flatMap((id) =>
        Array.from({ length: JOBS_EACH }, (_, seed) =>
          studio.post(id, id === "fal" ? { model: "fal-ai/flux/dev", params: { seed } } : {}),
        ),
      ),
    );
    expect(posted).toHaveLength(100);
    const deadline = performance.now() + 80_000;
    for (;;) {
      const open = posted.map(({ id }) => studio.job(id)).filter(({ status }) => !OVER.has(status));
      if (open.length === 0) break;
      expect(performance.now(), JSON.stringify(open[0])).toBeLessThan(deadline);
      for (const { id } of open) studio.app.jobRunner.refresh(id);
      for (const id of PROVIDERS)
        await settle(
          id,
          open.filter(({ provider }) => provider === id),
        );
      await new Promise((resolve) => setTimeout(resolve, 30));
    }

    const { body } = await studio.request.get("/api/ledger?by=provider").expect(200);
    for (const id of PROVIDERS) {
      const jobs = posted.map((job) => studio.job(job.id)).filter(({ provider }) => provider === id);
      const fake = studio.fake(id);
      const made = jobs.filter(({ status }) => status === "succeeded");
      for (const { results } of made) expect(results.length, id).toBeGreaterThan(0);
      expect(made.length, id).toBeGreaterThanOrEqual(JOBS_EACH - 4);
      const group = body.groups.find(({ key }: { key: string }) => key === id);
      const billed = fake.bill().reduce((sum, { usd }) => sum + usd, 0);
      if (id === "fal" || id === "pixellab") {
        expect(group.usd, id).toBeCloseTo(billed, 9);
        // A failed run whose cost nobody told: the bill has none for it.
        expect(group.unknownJobs, id).toBe(jobs.filter(isUntold).length);
        expect(jobs.filter(isUntold).every(({ status }) => status === "failed")).toBe(true);
      } else if (id === "openai") {
        // It tells no prices: the books say for how many jobs.
        expect(group.unknownJobs, id).toBe(jobs.filter(isUntold).length);
        expect(made.every(isUntold), id).toBe(true);
      } else expect(group, id).toBeUndefined();
    }
    const csv = await studio.request.get("/api/ledger.csv").expect(200);
    expect(csv.text.trim().split("\r\n").length - 1).toBe(body.total.jobs);
  },
);
