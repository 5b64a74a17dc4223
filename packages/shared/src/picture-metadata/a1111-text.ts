import { compact, numberOf, type PictureLora, type PictureSettings } from "./picture-settings.ts";

/** One `Name: value` of the last line; a value with commas stands in double quotes. */
const FIELD = /\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)/g;
const LORA = /<lora:([^:<>]+)(?::(-?[\d.]+))?[^<>]*>/g;
const NEGATIVE = "Negative prompt:";

/** Reads the text that A1111 and its kin put into pictures; `undefined` when it is something else. */
export function parseA1111(text: string): PictureSettings | undefined {
  const lines = text.trim().split("\n");
  const last = lines.at(-1) ?? "";
  const fields = fieldsOf(last);
  const isSettingsLine = /^\s*Steps:\s*\d/.test(last) || fields.size >= 3;
  const body = isSettingsLine ? lines.slice(0, -1) : lines;
  const negativeAt = body.findIndex((line) => line.trimStart().startsWith(NEGATIVE));
  if (!isSettingsLine && negativeAt === -1) return undefined;
  const promptLines = negativeAt === -1 ? body : body.slice(0, negativeAt);
  const negativeLines = negativeAt === -1 ? [] : body.slice(negativeAt);
  const prompt = promptLines.join("\n").trim();
  const [width, height] = (fields.get("Size") ?? "").split("x").map(numberOf);
  const loras = [...prompt.matchAll(LORA)].map(([, name = "", scale]): PictureLora => ({
    name,
    scale: numberOf(scale) ?? 1,
  }));
  return compact<PictureSettings>({
    source: "a1111",
    prompt,
    negativePrompt: negativeLines.join("\n").trim().slice(NEGATIVE.length).trim(),
    steps: numberOf(fields.get("Steps")),
    guidanceScale: numberOf(fields.get("CFG scale")),
    seed: numberOf(fields.get("Seed")),
    width,
    height,
    sampler: fields.get("Sampler"),
    model: fields.get("Model"),
    loras: loras.length === 0 ? undefined : loras,
    made: undefined,
  });
}

function fieldsOf(line: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = "", value = ""] of line.matchAll(FIELD)) {
    fields.set(name.trim(), value.startsWith('"') ? unquoted(value) : value.trim());
  }
  return fields;
}

function unquoted(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return value.slice(1, -1);
  }
}

/** Writes settings as A1111 does, so that its kin can read them. */
export function formatA1111(settings: Omit<PictureSettings, "source" | "made">): string {
  const { prompt, negativePrompt, loras = [] } = settings;
  const named = loras.filter(({ name }) => !prompt.includes(`<lora:${name}:`));
  const words = [prompt, ...named.map(({ name, scale }) => `<lora:${name}:${scale}>`)].join(" ").trim();
  const size =
    settings.width === undefined || settings.height === undefined
      ? undefined
      : `${settings.width}x${settings.height}`;
  const fields: readonly (readonly [string, string | number | undefined])[] = [
    ["Steps", settings.steps],
    ["Sampler", settings.sampler],
    ["CFG scale", settings.guidanceScale],
    ["Seed", settings.seed],
    ["Size", size],
    ["Model", settings.model],
  ];
  const line = fields
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}: ${quoted(String(value))}`)
    .join(", ");
  return [words, negativePrompt === "" ? "" : `${NEGATIVE} ${negativePrompt}`, line]
    .filter((part, index) => index === 0 || part !== "")
    .join("\n");
}

function quoted(value: string): string {
  return /[,:\n"]/.test(value) ? JSON.stringify(value) : value;
}
