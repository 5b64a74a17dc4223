import type { GeneratedContent } from "@safelight/shared";

/**
 * The settings of a picture as AUTOMATIC1111's web UI writes them: the prompt, the negative prompt on a line of its own,
 * and one line of `Name: value` pairs. Values with a comma, a colon or a line break are quoted as JSON, as it does.
 */
export function a1111Text(content: GeneratedContent): string {
  const { prompt, negativePrompt, config, blob, modelId } = content;
  const extra: Readonly<Record<string, unknown>> = config;
  const width = config.width ?? blob?.width;
  const height = config.height ?? blob?.height;
  const pairs: readonly (readonly [string, unknown])[] = [
    ["Steps", config.steps],
    ["Sampler", extra["sampler"]],
    ["CFG scale", config.guidanceScale ?? extra["guidance"]],
    ["Seed", config.seed],
    ["Size", width === undefined || height === undefined ? undefined : `${width}x${height}`],
    ["Model", modelId === "" ? undefined : modelId],
  ];
  const settings = pairs.flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? `${name}: ${quoted(String(value))}` : [],
  );
  const lines = [prompt];
  if (negativePrompt !== "") lines.push(`Negative prompt: ${negativePrompt}`);
  if (settings.length > 0) lines.push(settings.join(", "));
  return lines.join("\n");
}

function quoted(value: string): string {
  return /[,:\n]/.test(value) ? JSON.stringify(value) : value;
}
