import { describe, expect, it } from "vitest";
import type { ParamField } from "../../../api/param-field.ts";
import { exampleValues, readAxes, variableFields } from "./grid-axes.ts";

const base = { title: "", description: "", isRequired: false };
const fields: ParamField[] = [
  { ...base, name: "steps", type: "number", range: { min: 1, max: 50, initial: 20, step: 1 } },
  { ...base, name: "guidance", type: "number", range: { min: 0, max: 20, initial: 3.5, step: 0.1 } },
  { ...base, name: "outline", type: "switch", initial: true },
  { ...base, name: "view", type: "choice", values: ["side", "top"], initial: "side" },
  { ...base, name: "picture", type: "picture" },
];
const model = { id: "m", name: "M", kind: "image" as const, takesNegativePrompt: true, fields };

describe("a grid", () => {
  it("reads each axis as its parameter wants it", () => {
    const axes = [
      { field: "steps", values: "10, 20" },
      { field: "outline", values: "on, off" },
      { field: "view", values: "Top" },
    ];
    expect(readAxes(axes, 2, model)).toEqual({
      ok: true,
      jobs: 8,
      axes: [
        { field: "params.steps", values: [10, 20] },
        { field: "params.outline", values: [true, false] },
        { field: "params.view", values: ["top"] },
      ],
    });
  });

  it("does not count what is empty or what the model lacks", () => {
    const axes = [
      { field: "steps", values: " , " },
      { field: "colours", values: "3" },
    ];
    expect(readAxes(axes, 1, model)).toEqual({ ok: true, jobs: 1, axes: [] });
  });

  it.each([
    ["steps", "10, 99"],
    ["steps", "1.5"],
    ["guidance", "x"],
    ["outline", "maybe"],
    ["view", "below"],
  ])("says what is wrong with a value: %s %s", (field, values) => {
    expect(readAxes([{ field, values }], 1, model)).toMatchObject({ ok: false, field });
  });

  it("is refused when it would make too many jobs", () => {
    const many = Array.from({ length: 50 }, (_, at) => at + 1).join();
    expect(readAxes([{ field: "steps", values: many }], 5, model)).toMatchObject({ ok: false });
  });

  it("shows values that it takes itself", () => {
    expect(variableFields(model).map(exampleValues)).toEqual([
      "11, 20, 35",
      "1.8, 3.5, 11.8",
      "on, off",
      "side, top",
    ]);
    for (const field of variableFields(model)) {
      expect(readAxes([{ field: field.name, values: exampleValues(field) }], 1, model)).toMatchObject({
        ok: true,
      });
    }
  });

  it("varies anything but pictures and LoRAs", () => {
    expect(variableFields(model).map(({ name }) => name)).toEqual(["steps", "guidance", "outline", "view"]);
  });
});
