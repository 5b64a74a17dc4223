import { expect, it } from "vitest";
import { fillTemplate, namesIn } from "./fill-template.ts";

it("keeps types, leaves out what has no value, and fills text inside text", () => {
  const template = {
    prompt: "{{prompt}}",
    size: { width: "{{ width }}", height: "{{height}}" },
    note: "{{prompt}} at {{width}}px, seed {{seed}}",
    list: ["{{width}}", "{{seed}}", 7, null, true],
    loras: "{{loras}}",
    fixed: "plain",
  };
  const values = { prompt: 'say "{{width}}"', width: 512, loras: [{ url: "x", scale: 1 }] };
  expect(fillTemplate(template, values)).toEqual({
    prompt: 'say "{{width}}"',
    size: { width: 512 },
    note: 'say "{{width}}" at 512px, seed ',
    list: [512, 7, null, true],
    loras: [{ url: "x", scale: 1 }],
    fixed: "plain",
  });
  expect([...namesIn(template)]).toEqual(["prompt", "width", "height", "seed", "loras"]);
});
