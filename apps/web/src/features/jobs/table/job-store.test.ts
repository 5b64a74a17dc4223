import type { Viewed } from "@safelight/sync";
import { expect, it } from "vitest";
import { compareNewestFirst } from "../../../domain/diff-records.ts";
import { makeJob } from "../../../testing/make-records.ts";
import { createJobStore } from "./job-store.ts";

const some = (count: number): readonly Viewed<"jobs">[] =>
  Array.from({ length: count }, (_, index) => makeJob({ id: `job-${index}` })).sort(compareNewestFirst);

function openStore(jobs: readonly Viewed<"jobs">[]) {
  const planned: (() => void)[] = [];
  const client = { jobs, list: () => client.jobs, subscribe: () => () => undefined };
  const store = createJobStore({
    client,
    nowMs: () => 0,
    later: (work) => {
      planned.push(work);
      return () => undefined;
    },
  });
  return { client, store, planned };
}

it("has a first page for a first drawing, and all of it after that was painted", () => {
  const { store, planned } = openStore(some(1000));
  const first = store.known();
  expect([first.jobs.length, first.isWhole]).toEqual([400, false]);
  const told: number[] = [];
  store.subscribe(() => told.push(store.known().jobs.length));
  expect(store.known()).toBe(first);
  for (const work of planned) work();
  expect(told).toEqual([1000]);
  expect(store.known().isWhole).toBe(true);
});

it("brings up to date what was known, when somebody comes back to it", () => {
  const { client, store, planned } = openStore(some(2));
  const leave = store.subscribe(() => undefined);
  leave();
  client.jobs = some(3);
  expect(store.known().jobs).toHaveLength(2);
  store.subscribe(() => undefined);
  expect(store.known().jobs).toHaveLength(3);
  expect(planned).toHaveLength(0);
});
