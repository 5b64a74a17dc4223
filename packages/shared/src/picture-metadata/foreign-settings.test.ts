import { describe, expect, it } from "vitest";
import { formatA1111, parseA1111 } from "./a1111-text.ts";
import { parseComfyUi } from "./comfyui-graph.ts";
import { parseInvokeAi, parseOldInvokeAi } from "./invokeai-metadata.ts";

describe("the text of A1111", () => {
  it("is read with its negative prompt, its LoRAs and values in quotes", () => {
    const text = [
      "a lighthouse, <lora:sea-style:0.8> (dusk:1.2)",
      "second line",
      "Negative prompt: blurry, text",
      "low quality",
      'Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 42, Size: 512x768, Model hash: abc, Model: "deep, blue", Version: v1.9.4',
    ].join("\n");
    expect(parseA1111(text)).toEqual({
      source: "a1111",
      prompt: "a lighthouse, <lora:sea-style:0.8> (dusk:1.2)\nsecond line",
      negativePrompt: "blurry, text\nlow quality",
      steps: 20,
      guidanceScale: 7.5,
      seed: 42,
      width: 512,
      height: 768,
      sampler: "DPM++ 2M Karras",
      model: "deep, blue",
      loras: [{ name: "sea-style", scale: 0.8 }],
    });
  });

  it("is read when there is no negative prompt or no prompt at all", () => {
    expect(parseA1111("猫\nSteps: 5, Seed: 1, Size: 64x64")).toMatchObject({
      prompt: "猫",
      negativePrompt: "",
      steps: 5,
    });
    expect(parseA1111("Steps: 5, Sampler: Euler, Seed: 1")).toMatchObject({ prompt: "", seed: 1 });
  });

  it("leaves what is no such text alone", () => {
    expect(parseA1111("just a comment of a camera")).toBeUndefined();
    expect(parseA1111("")).toBeUndefined();
  });

  it("comes back from what was written", () => {
    const settings = {
      prompt: 'a "quoted" sea, calm',
      negativePrompt: "fog",
      steps: 3,
      guidanceScale: 1,
      seed: 9,
      width: 96,
      height: 64,
      sampler: "Euler a",
      model: 'a, "b": c',
    };
    expect(parseA1111(formatA1111(settings))).toEqual({ source: "a1111", ...settings });
  });
});

describe("the graph of ComfyUI", () => {
  const basic = {
    "3": {
      class_type: "KSampler",
      inputs: {
        seed: 8566257,
        steps: 20,
        cfg: 8,
        sampler_name: "euler",
        model: ["10", 0],
        positive: ["6", 0],
        negative: ["7", 0],
        latent_image: ["5", 0],
      },
    },
    "4": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "deep-blue.safetensors" } },
    "5": { class_type: "EmptyLatentImage", inputs: { width: 512, height: 640, batch_size: 1 } },
    "6": { class_type: "CLIPTextEncode", inputs: { text: "夜の灯台", clip: ["4", 1] } },
    "7": { class_type: "CLIPTextEncode", inputs: { text: ["8", 0], clip: ["4", 1] } },
    "8": { class_type: "PrimitiveString", inputs: { value: "watermark" } },
    "10": {
      class_type: "LoraLoader",
      inputs: { lora_name: "sea.safetensors", strength_model: 0.7, model: ["4", 0], clip: ["4", 1] },
    },
  };

  it("is followed from the sampler to words, size, model and LoRAs", () => {
    expect(parseComfyUi(JSON.stringify(basic))).toEqual({
      source: "comfyui",
      prompt: "夜の灯台",
      negativePrompt: "watermark",
      steps: 20,
      guidanceScale: 8,
      seed: 8566257,
      width: 512,
      height: 640,
      sampler: "euler",
      model: "deep-blue.safetensors",
      loras: [{ name: "sea.safetensors", scale: 0.7 }],
    });
  });

  it("is followed through a guider, a scheduler and a noise node", () => {
    const graph = {
      "1": {
        class_type: "SamplerCustomAdvanced",
        inputs: {
          noise: ["2", 0],
          guider: ["3", 0],
          sampler: ["4", 0],
          sigmas: ["5", 0],
          latent_image: ["6", 0],
        },
      },
      "2": { class_type: "RandomNoise", inputs: { noise_seed: 77 } },
      "3": { class_type: "BasicGuider", inputs: { model: ["8", 0], conditioning: ["7", 0] } },
      "4": { class_type: "KSamplerSelect", inputs: { sampler_name: "dpmpp_2m" } },
      "5": { class_type: "BasicScheduler", inputs: { steps: 4, model: ["8", 0] } },
      "6": { class_type: "EmptySD3LatentImage", inputs: { width: ["9", 0], height: 1024 } },
      "7": { class_type: "FluxGuidance", inputs: { guidance: 3.5, conditioning: ["10", 0] } },
      "8": { class_type: "UNETLoader", inputs: { unet_name: "flux1-dev.safetensors" } },
      "9": { class_type: "PrimitiveInt", inputs: { value: 768 } },
      "10": { class_type: "CLIPTextEncode", inputs: { text: "a quiet sea" } },
    };
    expect(parseComfyUi(JSON.stringify(graph))).toMatchObject({
      prompt: "a quiet sea",
      negativePrompt: "",
      steps: 4,
      seed: 77,
      width: 768,
      height: 1024,
      sampler: "dpmpp_2m",
      model: "flux1-dev.safetensors",
    });
  });

  it("may hold NaN, as ComfyUI writes it", () => {
    const text = JSON.stringify(basic).replace('"steps":20', '"steps":20,"is_changed":[NaN]');
    expect(parseComfyUi(text)).toMatchObject({ prompt: "夜の灯台" });
  });

  it("may run in circles without end", () => {
    const graph = {
      "1": {
        class_type: "KSampler",
        inputs: { seed: 1, positive: ["2", 0], model: ["2", 0], latent_image: ["2", 0] },
      },
      "2": {
        class_type: "X",
        inputs: { conditioning: ["2", 0], model: ["2", 0], samples: ["2", 0], text: ["2", 0] },
      },
    };
    expect(parseComfyUi(JSON.stringify(graph))).toMatchObject({ prompt: "", seed: 1 });
  });

  it("is nothing when no node samples", () => {
    expect(parseComfyUi('{"1":{"class_type":"LoadImage","inputs":{"image":"a.png"}}}')).toBeUndefined();
    expect(parseComfyUi("[1,2]")).toBeUndefined();
    expect(parseComfyUi("{")).toBeUndefined();
  });
});

describe("the metadata of InvokeAI", () => {
  it("is read in today's form", () => {
    const text = JSON.stringify({
      app_version: "6.1.0",
      positive_prompt: "桜の木",
      negative_prompt: "frame",
      width: 1024,
      height: 768,
      seed: 5,
      steps: 30,
      cfg_scale: 6.5,
      scheduler: "euler",
      model: { key: "k", name: "Juggernaut" },
      loras: [{ model: { name: "petals" }, weight: 0.5 }],
    });
    expect(parseInvokeAi(text)).toEqual({
      source: "invokeai",
      prompt: "桜の木",
      negativePrompt: "frame",
      width: 1024,
      height: 768,
      seed: 5,
      steps: 30,
      guidanceScale: 6.5,
      sampler: "euler",
      model: "Juggernaut",
      loras: [{ name: "petals", scale: 0.5 }],
    });
  });

  it("is read in its old form, where brackets hold the negative prompt", () => {
    const text = JSON.stringify({
      model_weights: "sd-1.5",
      image: {
        prompt: [{ prompt: "a cat [blurry] on a roof [text]", weight: 1 }],
        seed: 3,
        steps: 10,
        cfg_scale: 7,
        width: 512,
        height: 512,
        sampler: "k_lms",
      },
    });
    expect(parseOldInvokeAi(text)).toMatchObject({
      prompt: "a cat on a roof",
      negativePrompt: "blurry, text",
      seed: 3,
      model: "sd-1.5",
    });
  });

  it("is nothing when it is something else", () => {
    expect(parseInvokeAi('{"hello":1}')).toBeUndefined();
    expect(parseOldInvokeAi("{}")).toBeUndefined();
  });
});
