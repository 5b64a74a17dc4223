import { expect, it } from "vitest";
import { templateIn, workerInput } from "./worker-input.ts";

it("keeps types, leaves out what has no value, and fills text inside text", () => {
  const template = {
    prompt: "{{prompt}}",
    size: { width: "{{ width }}", height: "{{height}}" },
    note: "{{prompt}} at {{width}}px, seed {{seed}}",
    list: ["{{width}}", "{{seed}}", 7, null, true],
    nested: [["{{width}}"], ["{{seed}}"]],
    steps: "{{steps|20}}",
    loras: "{{loras}}",
    fixed: "plain",
  };
  const values = { prompt: 'say "{{width}}"', width: 512, loras: [{ url: "x", scale: 1 }] };
  expect(workerInput(template, values)).toEqual({
    prompt: 'say "{{width}}"',
    size: { width: 512 },
    note: 'say "{{width}}" at 512px, seed ',
    list: [512, 7, null, true],
    nested: [[512], []],
    steps: 20,
    loras: [{ url: "x", scale: 1 }],
    fixed: "plain",
  });
});

it.for(["{", "[]", "null", "7", '"text"'])("takes %s for no template", (text) => {
  expect(templateIn(text)).toBeUndefined();
});
