import { isRecord } from "../../src/http/is-record.ts";

/** What a fake of fal keeps of a run. */
export interface FalFakeRun {
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly webhookUrl: string | undefined;
  readonly sentAt: string;
  readonly units: number;
}

/** Prices of the fake, in US dollars a unit. */
export const FAL_FAKE_PRICES: Readonly<Record<string, { readonly unit: string; readonly usd: number }>> = {
  "fal-ai/flux/dev": { unit: "megapixels", usd: 0.025 },
  "fal-ai/flux-lora": { unit: "megapixels", usd: 0.035 },
  "fal-ai/flux/dev/image-to-image": { unit: "megapixels", usd: 0.03 },
  "fal-ai/flux-lora/image-to-image": { unit: "megapixels", usd: 0.035 },
  "fal-ai/veo3": { unit: "seconds", usd: 0.4 },
  "fal-ai/flux-lora-fast-training": { unit: "units", usd: 2 },
};

/** Units that the fake charges for an input, as the models' pages say. */
export function unitsOf(model: string, input: Readonly<Record<string, unknown>>): number {
  if (model === "fal-ai/veo3") return Number.parseInt(String(input["duration"]), 10);
  if (model === "fal-ai/flux-lora-fast-training") return 1;
  const size = isRecord(input["image_size"]) ? input["image_size"] : {};
  const megapixels = (Number(size["width"] ?? 1000) * Number(size["height"] ?? 1000)) / 1_000_000;
  return Math.ceil(megapixels) * Number(input["num_images"] ?? 1);
}

/** What fal refuses of an input, in its own form; `undefined` when it takes it. */
export function refusalOf(model: string, input: unknown): unknown {
  const fault = (field: string, msg: string) => ({
    detail: [{ loc: ["body", field], msg, type: "value_error" }],
  });
  if (!isRecord(input)) return fault("body", "Input should be a valid dictionary");
  if (model === "fal-ai/flux-lora-fast-training") {
    return typeof input["images_data_url"] === "string"
      ? undefined
      : fault("images_data_url", "Field required");
  }
  return typeof input["prompt"] === "string" ? undefined : fault("prompt", "Field required");
}

/** What a run costs at the fake, in US dollars. */
export function falFakeUsd(model: string, units: number): number {
  return Math.round(units * (FAL_FAKE_PRICES[model]?.usd ?? 0) * 1_000_000) / 1_000_000;
}
