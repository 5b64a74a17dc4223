import { contentFilename, type GeneratedContent } from "@safelight/shared";
import type { FactNames } from "../viewer/settings-facts.ts";

/** What a picture is called: its title, its prompt, or its file's name. */
export function pictureTitle(content: GeneratedContent): string {
  const words = content.title ?? content.prompt;
  return words === "" ? (content.blob?.name ?? contentFilename(content) ?? "Untitled") : words;
}

/** Whether it is known what a picture was made of: this studio made it, or it came with its prompt. */
export function isMade({ origin, prompt }: Pick<GeneratedContent, "origin" | "prompt">): boolean {
  return origin === "generated" || prompt !== "";
}

/** Where a picture came from, in a few words: "Paint · seed 48151623". */
export function pictureSource(content: GeneratedContent, names: FactNames): string {
  if (content.origin === "upload") return `Upload · ${pictureSize(content)}`;
  const { modelId, provider, config } = content;
  const maker = provider === undefined ? "Imported" : names.provider(provider);
  const source = modelId === "" ? maker : names.model(modelId, provider);
  return config.seed === undefined ? source : `${source} · seed ${config.seed}`;
}

/** "768 × 512". */
export function pictureSize({ blob, config }: GeneratedContent): string {
  const width = blob?.width ?? config.width;
  const height = blob?.height ?? config.height;
  return width === undefined || height === undefined ? "size unknown" : `${width} × ${height}`;
}
