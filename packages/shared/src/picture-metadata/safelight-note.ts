import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import {
  asObject,
  compact,
  type MadeBySafelight,
  numberOf,
  parseObject,
  type PictureLora,
  type PictureSettings,
  textOr,
} from "./picture-settings.ts";

/** Keyword of our own note in PNG, and how it begins where EXIF has one field for everybody's. */
export const NOTE_KEYWORD = "safelight";
export const NOTE_PREFIX = "safelight:";
const VERSION = 1;

/** Our own note: everything that is known of how a picture was made, as JSON of plain ASCII. */
export function formatNote(settings: PictureSettings): string {
  const { source: _, ...rest } = settings;
  const text = JSON.stringify({ version: VERSION, ...rest });
  return text.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Reads our note back; `undefined` for what is none, or of a version to come. */
export function parseNote(text: string): PictureSettings | undefined {
  const data = parseObject(text);
  if (data === undefined || numberOf(data["version"]) !== VERSION) return undefined;
  return compact<PictureSettings>({
    source: "safelight",
    prompt: textOr(data["prompt"]),
    negativePrompt: textOr(data["negativePrompt"]),
    steps: numberOf(data["steps"]),
    guidanceScale: numberOf(data["guidanceScale"]),
    seed: numberOf(data["seed"]),
    width: numberOf(data["width"]),
    height: numberOf(data["height"]),
    sampler: textOr(data["sampler"]) || undefined,
    model: textOr(data["model"]) || undefined,
    loras: lorasOf(data["loras"]),
    made: madeOf(data["made"]),
  });
}

function lorasOf(value: unknown): readonly PictureLora[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const loras = value.map((item: unknown): PictureLora => {
    const lora = asObject(item);
    return { name: textOr(lora?.["name"]), scale: numberOf(lora?.["scale"]) ?? 1 };
  });
  return loras.filter(({ name }) => name !== "");
}

function madeOf(value: unknown): MadeBySafelight | undefined {
  const made = asObject(value);
  if (made === undefined) return undefined;
  const text = (name: keyof MadeBySafelight) => textOr(made[name]) || undefined;
  const params = made["params"] as Json | undefined;
  return compact<MadeBySafelight>({
    provider: text("provider"),
    model: text("model"),
    kind: text("kind"),
    params: isJsonObject(params) ? (params satisfies JsonObject) : undefined,
    contentId: text("contentId"),
    jobId: text("jobId"),
    createdAt: text("createdAt"),
  });
}
