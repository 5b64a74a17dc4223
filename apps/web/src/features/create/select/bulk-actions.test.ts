import type { GeneratedContent } from "@safelight/shared";
import { beforeEach, describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { createBulkActions } from "./bulk-actions.ts";

let records: Map<string, GeneratedContent>;
let breaths: number;

type Client = Parameters<typeof createBulkActions>[0];

function clientOf(): Client {
  const change = (id: string, set: object) => {
    const kept = Object.entries({ ...records.get(id), ...set }).filter(([, value]) => value !== null);
    records.set(id, Object.fromEntries(kept) as unknown as GeneratedContent);
    return { id, durable: Promise.resolve() };
  };
  return {
    get: (_collection: string, id: string) => records.get(id),
    update: (_collection, id, set) => change(id, set),
    delete: (_collection, id) => change(id, { deletedAt: "2026-11-21T12:00:00.000Z" }),
    restore: (_collection, id) => change(id, { deletedAt: null }),
  };
}

const actionsOf = () =>
  createBulkActions(clientOf(), async () => {
    breaths += 1;
  });

beforeEach(() => {
  breaths = 0;
  const made = ["a", "b", "c"].map((id) =>
    makeContent({ id, ...(id === "a" ? { star: true, tags: ["sea"] } : {}) }),
  );
  records = new Map(made.map((content) => [content.id, content]));
});

describe("actions on many pictures", () => {
  it("change only those that differ, and are taken back exactly", async () => {
    const before = structuredClone([...records]);
    const actions = actionsOf();
    const starred = await actions.star(records.keys(), true);
    expect(starred.count).toBe(2);
    expect([...records.values()].every(({ star }) => star === true)).toBe(true);
    const tagged = await actions.tag(records.keys(), { add: "sea" });
    expect(tagged.count).toBe(2);
    const boarded = await actions.putOnBoard(["a", "gone"], "board-1");
    expect([boarded.count, records.get("a")?.boardId]).toEqual([1, "board-1"]);
    const trashed = await actions.trash(["b", "c"]);
    expect(trashed.count).toBe(2);
    expect((await actions.trash(["b"])).count).toBe(0);
    for (const { undo } of [trashed, boarded, tagged, starred]) await undo();
    expect([...records]).toEqual(before);
  });

  it("remove a tag, and the list with its last", async () => {
    const { count } = await actionsOf().tag(records.keys(), { remove: "sea" });
    expect(count).toBe(1);
    expect(records.get("a")?.tags).toBeUndefined();
  });

  it("bring back from the trash what lies there", async () => {
    const actions = actionsOf();
    await actions.trash(["a"]);
    const back = await actions.restore(records.keys());
    expect([back.count, records.get("a")?.deletedAt]).toEqual([1, undefined]);
  });

  it("let the screen be drawn between many", async () => {
    const many = Array.from({ length: 250 }, (_, index) => makeContent({ id: `content-${index}` }));
    records = new Map(many.map((content) => [content.id, content]));
    await actionsOf().star(records.keys(), true);
    expect(breaths).toBe(2);
  });
});
