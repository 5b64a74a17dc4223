import { createMemoryStore, type Store } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitJob } from "./job-commits.ts";

let store: Store;

beforeEach(async () => {
  store = createMemoryStore();
  await store.commit({
    by: "server",
    actor: "server",
    atomicity: "all",
    steps: [
      {
        collection: "jobs",
        id: "job-1",
        op: "create",
        set: { kind: "image", provider: "local", prompt: "a sea", params: {}, status: "running" },
      },
    ],
  });
});

afterEach(() => store.close());

const content = { collection: "contents", id: "content-1", op: "create", set: { prompt: "a sea" } } as const;

describe("a step of a job", () => {
  it("is committed with its records when the job stands where it started", async () => {
    const patch = { status: "succeeded", results: ["content-1"] };
    const isTaken = await commitJob(store, {
      id: "job-1",
      from: "running",
      patch,
      alongside: () => [content],
    });
    expect(isTaken).toBe(true);
    expect(store.get("jobs", "job-1")?.status).toBe("succeeded");
    expect(store.get("contents", "content-1")?.prompt).toBe("a sea");
  });

  it.each([
    ["the job has moved on", { from: "queued" as const }],
    ["its condition does not hold", { from: "running" as const, when: () => false }],
    ["there is no such job", { id: "job-2", from: "running" as const }],
  ])("is dropped whole when %s", async (_, step) => {
    const { seq } = store.cursor();
    const patch = { status: "succeeded" };
    const isTaken = await commitJob(store, { id: "job-1", patch, alongside: () => [content], ...step });
    expect(isTaken).toBe(false);
    expect(store.cursor().seq).toBe(seq);
    expect(store.count("contents")).toBe(0);
  });

  it("sees what commits before it have staged", async () => {
    const first = commitJob(store, { id: "job-1", from: "running", patch: { status: "downloading" } });
    const second = commitJob(store, { id: "job-1", from: "running", patch: { status: "failed" } });
    expect(await Promise.all([first, second])).toEqual([true, false]);
    expect(store.get("jobs", "job-1")?.status).toBe("downloading");
  });
});
