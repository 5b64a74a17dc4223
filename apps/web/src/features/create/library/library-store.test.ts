import type { GeneratedContent } from "@safelight/shared";
import { beforeEach, describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { compareNewestFirst } from "../../../domain/diff-records.ts";
import { createLibraryStore } from "./library-store.ts";

let contents: readonly GeneratedContent[];
let changed: () => void;
let nowMs: number;
let costMs: number;
let planned: { work: () => void; delayMs: number }[];

function openStore() {
  const client = {
    list: (collection: string) => {
      nowMs += costMs;
      return collection === "contents" ? contents : [];
    },
    get: () => undefined,
    subscribe: (listener: () => void) => {
      changed = listener;
      return () => undefined;
    },
  };
  return createLibraryStore({
    client: client,
    failuresSince: "2026-03-10T00:00:00.000Z",
    nowMs: () => nowMs,
    later: (work, delayMs) => {
      const plan = { work, delayMs };
      planned.push(plan);
      return () => {
        planned = planned.filter((other) => other !== plan);
      };
    },
  });
}

const runPlanned = () => {
  const [first] = planned.splice(0, 1);
  nowMs += first?.delayMs ?? 0;
  first?.work();
};
const some = (count: number) =>
  Array.from({ length: count }, (_, index) => makeContent({ id: `content-${index}` })).sort(
    compareNewestFirst,
  );

beforeEach(() => {
  contents = [];
  nowMs = 0;
  costMs = 0;
  planned = [];
});

describe("the library's store", () => {
  it("shows a first page at once and the rest after it was painted", () => {
    contents = some(1000);
    const store = openStore();
    store.subscribe(() => undefined);
    expect(store.items()).toHaveLength(400);
    runPlanned();
    expect(store.items()).toHaveLength(1000);
  });

  it("has a first page for a first drawing, before anybody listens", () => {
    contents = some(1000);
    const store = openStore();
    const first = store.items();
    expect(first).toHaveLength(400);
    const told: number[] = [];
    store.subscribe(() => told.push(store.items().length));
    expect(store.items()).toBe(first);
    runPlanned();
    expect(told).toEqual([1000]);
  });

  it("takes in a large library in steps, newest first", () => {
    contents = some(25_000);
    const store = openStore();
    store.subscribe(() => undefined);
    const sizes = [store.items().length];
    while (planned.length > 0) {
      runPlanned();
      sizes.push(store.items().length);
    }
    expect(sizes).toEqual([400, 10_400, 20_400, 25_000]);
  });

  it("follows a change at once, and rests in proportion to what the last one cost", () => {
    const store = openStore();
    const sizes: number[] = [];
    store.subscribe(() => sizes.push(store.items().length));
    contents = some(1);
    changed();
    expect(sizes).toEqual([1]);
    costMs = 5;
    contents = some(2);
    changed();
    expect(sizes).toEqual([1, 2]);
    for (const count of [3, 4, 5]) {
      contents = some(count);
      changed();
    }
    expect(sizes).toEqual([1, 2]);
    expect(planned.map(({ delayMs }) => delayMs)).toEqual([50]);
    runPlanned();
    expect(sizes).toEqual([1, 2, 5]);
  });

  it("plans nothing more when nobody listens", () => {
    contents = some(1000);
    const stop = openStore().subscribe(() => undefined);
    expect(planned).toHaveLength(1);
    stop();
    expect(planned).toHaveLength(0);
  });
});
