import { describe, expect, it } from "vitest";
import { fillSlots, slotsIn } from "../fill-slots.ts";
import { DEFAULT_WORKFLOW, parseWorkflow, withLoras } from "./workflow.ts";

describe("slots of a workflow", () => {
  it("become the value itself, or a part of a longer text", () => {
    const template = {
      seed: "{{seed}}",
      text: "a {{ prompt }}, {{steps}} steps",
      links: ["{{seed}}", 0],
      on: true,
    };
    expect(fillSlots(template, { seed: 7, prompt: "boat", steps: 20 })).toEqual({
      seed: 7,
      text: "a boat, 20 steps",
      links: [7, 0],
      on: true,
    });
  });

  it("have values of their own where the workflow says so", () => {
    const template = { a: "{{cfg|3.5}}", b: "{{name|plain}}", c: "{{tile|true}}", d: "{{none|}}" };
    expect(fillSlots(template, {})).toEqual({ a: 3.5, b: "plain", c: true, d: "" });
    expect(fillSlots(template, { cfg: 8 })).toMatchObject({ a: 8 });
  });

  it("are not looked for in what fills them", () => {
    expect(fillSlots("{{prompt}}", { prompt: "{{seed}}", seed: 1 })).toBe("{{seed}}");
    expect(fillSlots("x {{prompt}}", { prompt: "{{seed}} $&", seed: 1 })).toBe("x {{seed}} $&");
  });

  it("are known by name, and as optional only where each of them is", () => {
    const slots = slotsIn({ a: "{{seed}}", b: "{{cfg|3}}", c: "{{size|1}} {{size}}" });
    expect([...slots].map(([name, { isOptional }]) => [name, isOptional])).toEqual([
      ["seed", false],
      ["cfg", true],
      ["size", false],
    ]);
    expect(slotsIn({ a: "{{toString}}" }).has("toString")).toBe(true);
    expect(fillSlots("{{toString}}", {})).toBe("");
  });
});

describe("workflows", () => {
  it.each([
    ["{", /not JSON/],
    ["[]", /not a JSON object/],
    ["{}", /no nodes/],
    ['{"nodes": [], "links": []}', /API format/],
    ['{"1": {"inputs": {}}}', /Node 1 of the workflow has no class_type/],
  ])("say what is wrong with %s", (text, fault) => {
    expect(parseWorkflow(text)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it("take LoRAs between the checkpoint and what uses it", () => {
    const wired = withLoras(DEFAULT_WORKFLOW, [
      { name: "ink.safetensors", scale: 0.5 },
      { name: "fog.safetensors", scale: 1 },
    ]);
    expect(wired["lora-1"]).toMatchObject({
      class_type: "LoraLoader",
      inputs: { lora_name: "ink.safetensors", strength_model: 0.5, model: ["4", 0], clip: ["4", 1] },
    });
    expect(wired["lora-2"]).toMatchObject({ inputs: { model: ["lora-1", 0], clip: ["lora-1", 1] } });
    expect(wired["3"]).toMatchObject({ inputs: { model: ["lora-2", 0], latent_image: ["5", 0] } });
    expect(wired["6"]).toMatchObject({ inputs: { clip: ["lora-2", 1] } });
    expect(wired["8"]).toMatchObject({ inputs: { vae: ["4", 2] } });
  });
});
