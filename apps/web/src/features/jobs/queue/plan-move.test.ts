import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareQueued, planMove, type Queued } from "./plan-move.ts";

const queue = fc
  .uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: 99 }), priority: fc.integer({ min: -2, max: 2 }) }),
    {
      selector: ({ number }) => number,
      minLength: 2,
      maxLength: 12,
    },
  )
  .map((items) => items.map((item): Queued => ({ id: `job-${item.number}`, ...item })).sort(compareQueued));

const moved = (before: readonly Queued[], from: number, to: number) => {
  const set = new Map(planMove(before, from, to).map(({ id, priority }) => [id, priority]));
  return before.map((item) => ({ ...item, priority: set.get(item.id) ?? item.priority })).sort(compareQueued);
};

describe("a move in the queue", () => {
  it("puts the job where it was put and leaves the others in their order", () => {
    fc.assert(
      fc.property(queue, fc.nat(), fc.nat(), (before, one, other) => {
        const from = one % before.length;
        const to = other % before.length;
        const ids = before.map(({ id }) => id);
        const [id = ""] = ids.splice(from, 1);
        ids.splice(to, 0, id);
        expect(moved(before, from, to).map((item) => item.id)).toEqual(ids);
      }),
    );
  });

  it("to either end of a fresh queue sets one priority alone", () => {
    const fresh = Array.from({ length: 500 }, (_, index) => ({
      id: `job-${index}`,
      number: index + 1,
      priority: 0,
    }));
    expect(planMove(fresh, 499, 0)).toEqual([{ id: "job-499", priority: 1 }]);
    expect(planMove(fresh, 0, 499)).toEqual([{ id: "job-0", priority: -1 }]);
    expect(planMove(fresh, 3, 3)).toEqual([]);
  });
});
