import {
  asObject,
  compact,
  numberOf,
  parseObject,
  type PictureLora,
  type PictureSettings,
  textOr,
} from "./picture-settings.ts";

/** Reads `invokeai_metadata` (version 3 and later). */
export function parseInvokeAi(text: string): PictureSettings | undefined {
  const data = parseObject(text);
  if (data === undefined || !("positive_prompt" in data || "seed" in data)) return undefined;
  return compact<PictureSettings>({
    source: "invokeai",
    prompt: textOr(data["positive_prompt"]),
    negativePrompt: textOr(data["negative_prompt"]),
    steps: numberOf(data["steps"]),
    guidanceScale: numberOf(data["cfg_scale"]) ?? numberOf(data["guidance"]),
    seed: numberOf(data["seed"]),
    width: numberOf(data["width"]),
    height: numberOf(data["height"]),
    sampler: textOr(data["scheduler"]) || undefined,
    model: nameOf(data["model"]),
    loras: lorasOf(data["loras"]),
    made: undefined,
  });
}

/** Reads `sd-metadata` (version 2). What the prompt holds in square brackets is its negative part. */
export function parseOldInvokeAi(text: string): PictureSettings | undefined {
  const data = parseObject(text);
  const image = asObject(data?.["image"]);
  if (data === undefined || image === undefined) return undefined;
  const words = promptOf(image["prompt"]);
  return compact<PictureSettings>({
    source: "invokeai",
    prompt: words.replaceAll(/\s*\[[^[\]]*\]\s*/g, " ").trim(),
    negativePrompt: [...words.matchAll(/\[([^[\]]*)\]/g)].map(([, inner = ""]) => inner.trim()).join(", "),
    steps: numberOf(image["steps"]),
    guidanceScale: numberOf(image["cfg_scale"]),
    seed: numberOf(image["seed"]),
    width: numberOf(image["width"]),
    height: numberOf(image["height"]),
    sampler: textOr(image["sampler"]) || undefined,
    model: textOr(data["model_weights"]) || undefined,
    loras: undefined,
    made: undefined,
  });
}

function promptOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return "";
  return value.map((part: unknown) => textOr(asObject(part)?.["prompt"])).join(" ");
}

function nameOf(value: unknown): string | undefined {
  const model = asObject(value);
  return textOr(model?.["name"] ?? model?.["model_name"] ?? value) || undefined;
}

function lorasOf(value: unknown): readonly PictureLora[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const loras = value.map((item: unknown): PictureLora => {
    const lora = asObject(item);
    const name = nameOf(lora?.["model"] ?? lora?.["lora"]) ?? "";
    return { name, scale: numberOf(lora?.["weight"]) ?? 1 };
  });
  const named = loras.filter(({ name }) => name !== "");
  return named.length === 0 ? undefined : named;
}
