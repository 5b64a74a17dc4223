import type { Job } from "@safelight/shared";
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

const room = (size: number) => ({ isTaken: () => false, roomOf: () => size });

describe("the queue of active jobs", () => {
  it("gives queued jobs in the order of their numbers while there is room, each provider for itself", () => {
    const jobs = createActiveJobs();
    jobs.put(job("c", { number: 3 }));
    jobs.put(job("a", { number: 1 }));
    jobs.put(job("b", { number: 2 }));
    jobs.put(job("x", { number: 4, provider: "two" }));
    expect(jobs.startable(room(2))).toEqual(["a", "b", "x"]);
  });

  it("counts what is under way, not what is being fetched", () => {
    const jobs = createActiveJobs();
    jobs.put(job("a", { status: "running" }));
    jobs.put(job("b", { status: "downloading" }));
    jobs.put(job("c", { number: 3 }));
    jobs.put(job("d", { number: 4 }));
    const isTaken = (id: string) => id === "a" || id === "b";
    expect(jobs.startable({ isTaken, roomOf: () => 2 })).toEqual(["c"]);
    expect(jobs.startable({ isTaken, roomOf: () => 1 })).toEqual([]);
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
});
