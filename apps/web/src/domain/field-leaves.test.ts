import { expect, it } from "vitest";
import { fieldLeaves, withLeaf } from "./field-leaves.ts";

const job = { prompt: "a fox", params: { width: 9000, "a/b": { deep: [1, 2] } }, styleId: null, extra: {} };

it("opens a change up to the values that can be edited by themselves", () => {
  expect(fieldLeaves(job)).toEqual([
    { path: "/prompt", label: "Prompt", value: "a fox" },
    { path: "/params/width", label: "Params, width", value: 9000 },
    { path: "/params/a~1b/deep", label: "Params, a/b, deep", value: [1, 2] },
    { path: "/styleId", label: "Style id", value: null },
    { path: "/extra", label: "Extra", value: {} },
  ]);
});

it("replaces one value and leaves the others as they are", () => {
  expect(withLeaf(job, "/params/width", 512)).toEqual({ ...job, params: { ...job.params, width: 512 } });
  expect(withLeaf(job, "/params/a~1b/deep", [3])).toEqual({
    ...job,
    params: { width: 9000, "a/b": { deep: [3] } },
  });
  expect(withLeaf({}, "/name", "new")).toEqual({ name: "new" });
});
