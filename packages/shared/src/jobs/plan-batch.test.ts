import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchSize, planBatch } from "./plan-batch.ts";

const base = { prompt: "a sea", params: { seed: 5, steps: 10 } };

describe("a batch", () => {
  it("is one job when nothing varies", () => {
    expect(planBatch(base, {})).toEqual([base]);
  });

  it("has a job for each point of the grid, the last axis fastest", () => {
    const axes = [
      { field: "params.steps", values: [10, 20] },
      { field: "prompt", values: ["a", "b"] },
    ];
    expect(planBatch(base, { axes }).map(({ prompt, params }) => [params.steps, prompt])).toEqual([
      [10, "a"],
      [10, "b"],
      [20, "a"],
      [20, "b"],
    ]);
  });

  it("counts a seed up over copies, and leaves jobs without one alike", () => {
    expect(planBatch(base, { count: 3 }).map(({ params }) => params.seed)).toEqual([5, 6, 7]);
    expect(planBatch({ prompt: "a" }, { count: 2 })).toEqual([{ prompt: "a" }, { prompt: "a" }]);
  });

  it("is as large as it says", () => {
    const axis = fc.record({
      field: fc.constantFrom("prompt", "params.steps", "params.guidance"),
      values: fc.array(fc.integer(), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(axis, { maxLength: 3 }), fc.integer({ min: 1, max: 4 }), (axes, count) => {
        expect(planBatch(base, { axes, count })).toHaveLength(batchSize({ axes, count }));
      }),
    );
  });
});
