import type { Job } from "@safelight/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createActiveJobs } from "./active-jobs.ts";

function job(id: string, fields: Partial<Job> = {}): Job {
  return {
    id,
    rev: 1,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    kind: "image",
    provider: "one",
    prompt: "",
    params: {},
    status: "queued",
    progress: 0,
    charge: { state: "none" },
    results: [],
    ...fields,
  };
}

const room = (size: number) => () => size;

describe("the queue of active jobs", () => {
  it("gives queued jobs in the order of their numbers while there is room, each provider for itself", () => {
    const jobs = createActiveJobs();
    jobs.put(job("c", { number: 3 }));
    jobs.put(job("a", { number: 1 }));
    jobs.put(job("b", { number: 2 }));
    jobs.put(job("x", { number: 4, provider: "two" }));
    expect(jobs.startable(room(2))).toEqual(["a", "b", "x"]);
    expect(jobs.startable((provider) => (provider === "one" ? 0 : 1))).toEqual(["x"]);
  });

  it("lets a higher priority go first, and follows its change", () => {
    const jobs = createActiveJobs();
    for (const number of [1, 2, 3, 4]) jobs.put(job(`job-${number}`, { number }));
    jobs.put(job("job-3", { number: 3, priority: 1 }));
    jobs.put(job("job-1", { number: 1, priority: -0.5 }));
    expect(jobs.startable(room(9))).toEqual(["job-3", "job-2", "job-4", "job-1"]);
    jobs.put(job("job-3", { number: 3 }));
    expect(jobs.startable(room(9))).toEqual(["job-2", "job-3", "job-4", "job-1"]);
  });

  it("counts what is under way, not what is being fetched", () => {
    const jobs = createActiveJobs();
    jobs.put(job("a", { status: "running" }));
    jobs.put(job("b", { status: "downloading" }));
    jobs.put(job("c", { number: 3 }));
    jobs.put(job("d", { number: 4 }));
    jobs.take("a");
    jobs.take("b");
    expect(jobs.startable(room(2))).toEqual(["c"]);
    expect(jobs.startable(room(1))).toEqual([]);
    jobs.put(job("a", { status: "downloading" }));
    expect(jobs.startable(room(1))).toEqual(["c"]);
  });

  it("counts a queued job that somebody has in hand, until it is released", () => {
    const jobs = createActiveJobs();
    jobs.put(job("a", { number: 1 }));
    jobs.put(job("b", { number: 2 }));
    jobs.take("a");
    expect(jobs.startable(room(1))).toEqual([]);
    expect(jobs.startable(room(2))).toEqual(["b"]);
    jobs.release("a");
    expect(jobs.startable(room(1))).toEqual(["a"]);
  });

  it("takes up what was under way whatever the room, and cancelled jobs at once", () => {
    const jobs = createActiveJobs();
    jobs.put(job("a", { status: "running" }));
    jobs.put(job("b", { status: "submitting" }));
    jobs.put(job("c", { cancelRequested: true }));
    jobs.put(job("d", { deletedAt: "2026-01-01T00:00:00.000Z" }));
    jobs.put(job("e"));
    expect(jobs.startable(room(1))).toEqual(["a", "b", "c", "d"]);
  });

  it("forgets jobs that are over or gone", () => {
    const jobs = createActiveJobs();
    jobs.put(job("a"));
    jobs.put(job("b"));
    jobs.put(job("a", { status: "succeeded" }));
    jobs.remove("b");
    expect(jobs.startable(room(9))).toEqual([]);
  });

  it("keeps its order and its counts over any run of changes", () => {
    const action = fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      do: fc.constantFrom("put", "put", "put", "remove", "take", "release"),
      status: fc.constantFrom<Job["status"]>("queued", "queued", "running", "downloading", "succeeded"),
      priority: fc.constantFrom(0, 0, 1, -1),
      provider: fc.constantFrom("one", "two"),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const jobs = createActiveJobs();
        const model = new Map<string, Job>();
        const taken = new Set<string>();
        for (const { id: number, do: what, status, priority, provider } of actions) {
          const id = `job-${String(number).padStart(2, "0")}`;
          if (what === "put") {
            const next = job(id, { number, status, priority, provider: model.get(id)?.provider ?? provider });
            jobs.put(next);
            if (status === "succeeded") model.delete(id);
            else model.set(id, next);
          } else if (what === "remove") {
            jobs.remove(id);
            model.delete(id);
          } else if (what === "take") {
            jobs.take(id);
            taken.add(id);
          } else {
            jobs.release(id);
            taken.delete(id);
          }
        }
        const active = [...model.values()];
        const expected = active.filter(({ id, status }) => status !== "queued" && !taken.has(id));
        for (const provider of ["one", "two"]) {
          const own = active.filter((one) => one.provider === provider);
          const used = own.filter(
            ({ id, status }) => status === "running" || (status === "queued" && taken.has(id)),
          );
          const waiting = own.filter(({ id, status }) => status === "queued" && !taken.has(id));
          waiting.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.number ?? 0) - (b.number ?? 0));
          expected.push(...waiting.slice(0, Math.max(0, 3 - used.length)));
        }
        expect([...jobs.startable(room(3))].sort()).toEqual(expected.map(({ id }) => id).sort());
      }),
    );
  });
});
