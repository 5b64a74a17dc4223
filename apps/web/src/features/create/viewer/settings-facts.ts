import type { GeneratedContent } from "@safelight/shared";
import { formatBytes, formatDate, formatSeconds } from "../../../domain/format.ts";
import { pictureSize } from "../library/picture-words.ts";

/** A setting in words: its name and its value. */
export type Fact = readonly [name: string, value: string];

const KNOWN: ReadonlySet<string> = new Set(["steps", "guidanceScale", "guidance", "width", "height", "seed"]);
const MOST_OTHERS = 10;

/** What providers and their models are called. */
export interface FactNames {
  readonly provider: (providerId: string) => string;
  readonly model: (modelId: string, providerId?: string) => string;
}

/** What a picture was made with, for people to read; what is not known is left out. */
export function settingsFacts(content: GeneratedContent, names: FactNames): readonly Fact[] {
  const { config, provider, modelId } = content;
  const extra: Readonly<Record<string, unknown>> = config;
  const facts: (readonly [string, unknown])[] = [
    ["Provider", provider === undefined ? undefined : names.provider(provider)],
    ["Model", modelId === "" ? undefined : names.model(modelId, provider)],
    ["Seed", config.seed],
    ["Size", pictureSize(content)],
    ["Steps", config.steps],
    ["Guidance", config.guidanceScale ?? extra["guidance"]],
  ];
  const others = Object.entries(extra).filter(([name]) => !KNOWN.has(name));
  for (const [name, value] of others.slice(0, MOST_OTHERS)) facts.push([wordsOf(name), value]);
  return facts.flatMap(([name, value]) => (isPlain(value) ? [[name, String(value)] as const] : []));
}

/** What is known of its file. */
export function fileFacts({ blob, origin, createdAt }: GeneratedContent): readonly Fact[] {
  const facts: Fact[] = [];
  if (blob !== undefined) {
    facts.push(["File", `${formatBytes(blob.sizeBytes)} · ${blob.mime.replace(/^(?:image|video)\//, "")}`]);
  }
  if (blob?.durationMs !== undefined) facts.push(["Length", formatSeconds(blob.durationMs / 1000)]);
  facts.push([origin === "generated" ? "Made" : "Added", formatDate(createdAt)]);
  return facts;
}

/** "clipSkip" and "clip_skip" as "Clip skip". */
function wordsOf(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2");
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

function isPlain(value: unknown): value is string | number | boolean {
  return (
    typeof value === "number" || typeof value === "boolean" || (typeof value === "string" && value !== "")
  );
}
