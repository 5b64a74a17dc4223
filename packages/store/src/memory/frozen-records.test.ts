import { describe, expect, it } from "vitest";
import { byServer, commitSteps, newJob } from "../../testing/contract/contract-store.ts";
import type { AnyRecord, Job } from "@safelight/shared";
import { createMemoryStore } from "./memory-store.ts";

describe("records of the memory store", () => {
  it("S37 are frozen through and through, wherever they are handed out", async () => {
    const store = createMemoryStore();
    const given: (AnyRecord | undefined)[] = [];
    store.subscribe(({ changes }) => given.push(...changes.map(({ record }) => record as AnyRecord)));
    const { results } = await commitSteps(store, newJob("job-1", { params: { size: { width: 64 } } }));
    for (const result of results) if ("record" in result) given.push(result.record);
    given.push(store.get("jobs", "job-1"), ...store.scan("jobs"));
    await store.commit(
      byServer((staged) => {
        given.push(staged.get("jobs", "job-1"), ...staged.scan("jobs"));
        return [];
      }),
    );
    expect(given).toHaveLength(6);
    for (const record of given) {
      expect(record).toMatchObject({ params: { size: { width: 64 } } });
      const size = (record as Job | undefined)?.params["size"] ?? {};
      expect(() => Reflect.set(Object(size), "width", 65)).not.toThrow();
      expect(size).toEqual({ width: 64 });
      expect(Object.isFrozen(record)).toBe(true);
    }
    await store.close();
  });
});
