import type { Job } from "@safelight/shared";
import { createMemoryStore, type PlannedStep, type Store } from "@safelight/store";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ListQuery, listRecords } from "./list-records.ts";
import { createRecordIndexes, type RecordIndexes } from "./record-indexes.ts";

interface Page {
  readonly items: readonly Job[];
  readonly nextCursor?: string;
  readonly total: number;
}

/** One in ten is rare: less than what is put in order by itself. */
const PROVIDERS = ["common", "common", "common", "common", "common", "common", "other", "other", "rare"];
const KINDS = ["image", "video"];
const PROMPTS = ["a harbour", "a harbour at dawn", "a field"];

let store: Store;
let indexes: RecordIndexes;

beforeEach(() => {
  store = createMemoryStore();
  indexes = createRecordIndexes(store);
});

afterEach(async () => {
  indexes.close();
  await store.close();
});

async function commit(steps: readonly PlannedStep[]): Promise<void> {
  await store.commit({ by: "test", actor: "server", atomicity: "all", steps });
}

const create = (at: number): PlannedStep => ({
  op: "create",
  collection: "jobs",
  id: `job-${at}`,
  set: {
    kind: KINDS[at % 2] ?? "",
    provider: PROVIDERS[(at * 7) % PROVIDERS.length] ?? "",
    prompt: PROMPTS[at % 3] ?? "",
    status: "succeeded",
  },
});

/** All pages of a list, one after another. */
function readAll(query: ListQuery): {
  readonly ids: readonly string[];
  readonly totals: ReadonlySet<number>;
} {
  const ids: string[] = [];
  const totals = new Set<number>();
  let cursor: string | undefined;
  do {
    const asked = cursor === undefined ? query : { ...query, cursor };
    const page = JSON.parse(listRecords(store, indexes, "jobs", asked)) as Page;
    ids.push(...page.items.map(({ id }) => id));
    totals.add(page.total);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { ids, totals };
}

/** The same list made by a look at every record. */
function expected({ sort, search, trash = false, limit: _limit, ...fields }: ListQuery): string[] {
  const fit = [...store.scan("jobs")].filter(
    (job) =>
      (job.deletedAt !== undefined) === trash &&
      (search === undefined || job.prompt.includes(search)) &&
      Object.entries(fields).every(([name, value]) => Reflect.get(job, name) === value),
  );
  const sign = sort === "number" ? 1 : -1;
  return fit.sort((left, right) => sign * ((left.number ?? 0) - (right.number ?? 0))).map(({ id }) => id);
}

const QUERIES: readonly ListQuery[] = [
  {},
  { provider: "common" },
  { provider: "rare" },
  { provider: "nobody" },
  { provider: "common", kind: "video" },
  { kind: "video", provider: "rare" },
  { search: "dawn" },
  { search: "harbour", provider: "common" },
  { search: "harbour", provider: "rare" },
  { trash: true, provider: "common" },
];

it("gives every page and the total as a look at each record would, also after writes", async () => {
  await commit(Array.from({ length: 120 }, (_, at) => create(at)));
  const check = () => {
    for (const query of QUERIES) {
      for (const sort of ["number", "-number"]) {
        const ids = expected({ ...query, sort });
        const asked = { ...query, sort, limit: 7 };
        expect(readAll(asked), JSON.stringify(asked)).toEqual({ ids, totals: new Set([ids.length]) });
      }
    }
  };
  check();
  await commit([
    ...Array.from(
      { length: 12 },
      (_, at) => ({ op: "delete", collection: "jobs", id: `job-${at * 5}` }) as const,
    ),
    { op: "purge", collection: "jobs", id: "job-5" },
    { op: "restore", collection: "jobs", id: "job-10" },
    create(500),
  ]);
  check();
});

it("keeps no more groupings than it must, and makes one anew that was given up", async () => {
  await commit(Array.from({ length: 30 }, (_, at) => create(at)));
  const fields = ["kind", "provider", "prompt", "status", "progress", "number", "rev", "createdAt", "id"];
  for (const name of fields) {
    const value = Reflect.get(store.get("jobs", "job-1") ?? {}, name) as string | number;
    expect(readAll({ [name]: value }).ids).toContain("job-1");
  }
  expect(readAll({ kind: "video", sort: "number" }).ids).toEqual(expected({ kind: "video", sort: "number" }));
});
