import type { Job, JsonObject } from "@safelight/shared";
import { STUDIO_PREFERENCES } from "@safelight/shared";
import { createMemoryStore, type Store } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { purgeTrash } from "../features/trash/purge.ts";
import { ledgerCsv } from "./core/ledger-csv.ts";
import { sumSpend } from "./core/sum-spend.ts";
import { createLedger, type Ledger } from "./ledger.ts";

const NOW = Date.parse("2026-03-01T03:00:00.000Z");
let store: Store;
let ledger: Ledger;

beforeEach(() => {
  store = createMemoryStore();
  ledger = createLedger(store, () => NOW);
});
afterEach(() => store.close());

async function put(
  collection: "jobs" | "budgets" | "preferences",
  id: string,
  set: JsonObject,
): Promise<void> {
  await store.commit({
    by: "test",
    actor: "server",
    atomicity: "all",
    steps: [{ collection, id, op: "create", set }],
  });
}

const spent = (id: string, at: string, charge: Job["charge"], fields: JsonObject = {}) =>
  put("jobs", id, {
    kind: "image",
    provider: "fal",
    model: "flux",
    prompt: "",
    params: {},
    status: "succeeded",
    startTime: Date.parse(at),
    charge,
    ...fields,
  });

const asked = { state: "estimated", usd: 0.3 } as const;

describe("the ledger", () => {
  it("sums by day, provider and model, and says what is estimated and what nobody told", async () => {
    await spent("a", "2026-02-28T23:30:00.000Z", { state: "reported", usd: 0.1 });
    await spent("b", "2026-03-01T00:30:00.000Z", { state: "reported", usd: 0.2 });
    await spent("c", "2026-03-01T01:00:00.000Z", { state: "estimated", usd: 0.3 }, { provider: "replicate" });
    await spent("d", "2026-03-01T02:00:00.000Z", { state: "unknown" });
    await spent("e", "2026-03-01T02:00:00.000Z", { state: "none" });
    const by = (grouping: "day" | "provider") => sumSpend(ledger.entries(), grouping, ledger.calendar());
    expect(by("day").groups).toMatchObject([
      { key: "2026-02-28", usd: 0.1 },
      { key: "2026-03-01", usd: 0.5, estimatedUsd: 0.3, unknownJobs: 1 },
    ]);
    expect(by("provider")).toMatchObject({
      groups: [
        { key: "fal", jobs: 3, usd: 0.3 },
        { key: "replicate", jobs: 1, usd: 0.3 },
      ],
      // A tenth, two tenths and three tenths, without an error of rounding.
      total: { usd: 0.6, jobs: 4 },
    });
    // Where it was still February.
    await put("preferences", STUDIO_PREFERENCES, { timeZone: "America/New_York" });
    expect(by("day").groups).toMatchObject([{ key: "2026-02-28", jobs: 4 }]);
    expect(ledger.calendar().timeZone).toBe("America/New_York");
  });

  it("keeps what a job cost when its record is purged", async () => {
    await spent("job-a", "2026-03-01T01:00:00.000Z", { state: "reported", usd: 0.2 });
    expect([...ledger.entries()]).toHaveLength(1);
    await store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "jobs", id: "job-a", op: "delete" }],
    });
    const deletedAt = store.get("jobs", "job-a")?.deletedAt ?? "";
    expect(await purgeTrash(store, [{ collection: "jobs", id: "job-a", deletedAt }], "test")).toBe(1);
    const kept = [{ jobId: "job-a", number: 1, nanoUsd: 0.2e9, status: "purged", provider: "fal" }];
    expect([...ledger.entries()]).toMatchObject(kept);
    expect([...createLedger(store, () => NOW).entries()]).toMatchObject(kept);
  });

  it("goes out as CSV that no spreadsheet takes for formulas", async () => {
    await spent("a", "2026-03-01T00:00:00.000Z", { state: "reported", usd: 0.0079 }, { model: '=cmd|"x"' });
    await spent("b", "2026-03-01T01:00:00.000Z", { state: "unknown" }, { estimate: asked });
    const lines = ledgerCsv([...ledger.entries()], ledger.calendar()).split("\r\n");
    expect(lines[1]).toBe(
      `1,a,2026-03-01T00:00:00.000Z,2026-03-01,fal,"'=cmd|""x""",image,succeeded,reported,0.0079,`,
    );
    expect(lines[2]).toBe("2,b,2026-03-01T01:00:00.000Z,2026-03-01,fal,flux,image,succeeded,unknown,,0.30");
  });
});

describe("a budget", () => {
  it("counts its own day, month and provider", async () => {
    await spent("a", "2026-02-28T12:00:00.000Z", { state: "reported", usd: 5 });
    await spent("b", "2026-03-01T01:00:00.000Z", { state: "reported", usd: 0.8 });
    await put("budgets", "day", { usd: 1, per: "day" });
    await put("budgets", "month", { usd: 2, per: "month" });
    await put("budgets", "total", { usd: 9, per: "total", provider: "fal" });
    const used = Object.fromEntries(
      ledger.budgets().map(({ budget, spentNanoUsd }) => [budget.id, spentNanoUsd / 1e9]),
    );
    expect(used).toEqual({ day: 0.8, month: 0.8, total: 5.8 });
    const refused = ledger.refusal({ id: "c", provider: "fal" }, asked);
    expect(refused).toMatchObject({ code: "budget.exceeded" });
    expect(refused?.message).toContain(
      "at about $0.30 it would pass the budget of $1.00 today, of which $0.80 is spent",
    );
    expect(ledger.refusal({ id: "c", provider: "fal" }, { state: "estimated", usd: 0.2 })).toBeUndefined();
  });

  it("counts what is about to be spent until it is in the books", async () => {
    await put("budgets", "day", { usd: 0.5, per: "day" });
    expect(ledger.reserve({ id: "a", provider: "fal" }, asked)).toBeUndefined();
    expect(ledger.reserve({ id: "b", provider: "fal" }, asked)?.code).toBe("budget.exceeded");
    await spent("a", "2026-03-01T01:00:00.000Z", asked);
    expect(ledger.budgets()[0]?.spentNanoUsd).toBe(0.3e9);
    ledger.settle("a");
    expect(ledger.reserve({ id: "b", provider: "fal" }, asked)?.code).toBe("budget.exceeded");
    expect(ledger.reserve({ id: "c", provider: "local" }, { state: "none" })).toBeUndefined();
  });

  it("lets a price that nobody can tell pass only where it is allowed, and only while something is left", async () => {
    await put("budgets", "day", { usd: 1, per: "day" });
    const unknown = { state: "unknown" } as const;
    expect(ledger.refusal({ id: "a", provider: "fal" }, unknown)?.code).toBe("budget.price-unknown");
    await store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "budgets", id: "day", op: "update", set: { allowUnknown: true } }],
    });
    expect(ledger.refusal({ id: "a", provider: "fal" }, unknown)).toBeUndefined();
    await spent("b", "2026-03-01T01:00:00.000Z", { state: "reported", usd: 1 });
    expect(ledger.refusal({ id: "a", provider: "fal" }, unknown)?.code).toBe("budget.exceeded");
  });
});
