import { describe, expect, it } from "vitest";
import { BUILT_IN_CATALOGUE } from "../../../api/built-in-catalogue.ts";
import { choicesFor, chosen, INITIAL_FORM, paramsOf, parseFormState, withChoice } from "./form-state.ts";

const form = { ...INITIAL_FORM, seed: 7 };

describe("the create form", () => {
  it("is read back from its own draft", () => {
    const kept = { ...form, prompt: "a fox", seedLocked: true, count: 2 };
    expect(parseFormState(JSON.parse(JSON.stringify(kept)), 1)).toEqual(kept);
  });

  it("takes initial values for what a draft lacks or has in another type", () => {
    expect(parseFormState({ prompt: 3, width: "wide", kind: "video" }, 9)).toEqual({ ...form, seed: 9 });
    expect(parseFormState(undefined, 9)).toEqual({ ...form, seed: 9 });
  });

  it("falls back to the first model of its kind", () => {
    const choices = choicesFor(BUILT_IN_CATALOGUE, "sprite");
    expect(chosen(choices, form)?.model.id).toBe("sprite");
  });

  it("takes the sizes of another kind, and keeps those that fit within one kind", () => {
    const [sprite] = choicesFor(BUILT_IN_CATALOGUE, "sprite");
    const [paint] = choicesFor(BUILT_IN_CATALOGUE, "image");
    if (sprite === undefined || paint === undefined) throw new Error("The built-in engine has both.");
    expect(withChoice(form, sprite)).toMatchObject({
      kind: "sprite",
      model: "sprite",
      width: 64,
      height: 64,
    });
    expect(withChoice({ ...form, width: 640, count: 99 }, paint)).toMatchObject({ width: 640, count: 16 });
  });

  it("sends only the parameters that the model takes", () => {
    const [sprite] = choicesFor(BUILT_IN_CATALOGUE, "sprite");
    if (sprite === undefined) throw new Error("The built-in engine makes sprites.");
    const params = paramsOf(withChoice(form, sprite), sprite.model);
    expect(Object.keys(params).toSorted()).toEqual(["count", "height", "seed", "width"]);
    expect(paramsOf(form, { ...sprite.model, ranges: {}, takesSeed: false })).toEqual({});
  });
});
