import { expect } from "vitest";
import type { Store } from "../../src/index.ts";
import type { CrashRun } from "./crash-run.ts";

/** The state of a moment in the form in which the run keeps those that it saw. */
async function shownAt(store: Store, seq: number): Promise<Readonly<Record<string, string>>> {
  const shown: Record<string, string> = {};
  for await (const past of store.history.stateAt({ seq })) {
    shown[`${past.collection}/${past.id}`] = `${past.seq} ${JSON.stringify(past.record)}`;
  }
  return shown;
}

/** Reads every moment that the history says it reaches; resolves to the earliest. */
export async function checkReach(store: Store, states: CrashRun["states"], where: string): Promise<number> {
  const { seq: oldest } = await store.history.oldest();
  const { seq: head } = store.cursor();
  expect(oldest, where).toBeLessThanOrEqual(head);
  for (let seq = oldest; seq <= head; seq += 1) {
    expect(await shownAt(store, seq), `${where}, at ${seq}`).toEqual(states.get(seq));
  }
  return oldest;
}
