import { contentFilename, type GeneratedContent } from "@safelight/shared";

/** What a picture is called: its title, its prompt, or its file's name. */
export function pictureTitle(content: GeneratedContent): string {
  const words = content.title ?? content.prompt;
  return words === "" ? (content.blob?.name ?? contentFilename(content) ?? "Untitled") : words;
}

/** Whether it is known what a picture was made of: this studio made it, or it came with its prompt. */
export function isMade({ origin, prompt }: Pick<GeneratedContent, "origin" | "prompt">): boolean {
  return origin === "generated" || prompt !== "";
}

/** Where a picture came from, in a few words: "paint · seed 48151623". */
export function pictureSource(content: GeneratedContent): string {
  if (content.origin === "upload") return `Upload · ${pictureSize(content)}`;
  const { seed } = content.config;
  const model = content.modelId === "" ? (content.provider ?? "Imported") : content.modelId;
  return seed === undefined ? model : `${model} · seed ${seed}`;
}

/** "768 × 512". */
export function pictureSize({ blob, config }: GeneratedContent): string {
  const width = blob?.width ?? config.width;
  const height = blob?.height ?? config.height;
  return width === undefined || height === undefined ? "size unknown" : `${width} × ${height}`;
}
