import type { GeneratedContent } from "@safelight/shared";
import type { FormState } from "../form/form-state.ts";

/** The form's settings that made a picture, as far as its record tells; its seed comes locked. */
export function settingsOf(content: GeneratedContent): Partial<FormState> {
  const { config, provider, modelId } = content;
  const extra: Readonly<Record<string, unknown>> = config;
  const guidance = config.guidanceScale ?? extra["guidance"];
  return {
    prompt: content.prompt,
    negativePrompt: content.negativePrompt,
    ...(modelId === "" ? {} : { model: modelId, kind: modelId === "sprite" ? "sprite" : "image" }),
    ...(provider === undefined ? {} : { provider }),
    ...(config.width === undefined ? {} : { width: config.width }),
    ...(config.height === undefined ? {} : { height: config.height }),
    ...(config.steps === undefined ? {} : { steps: config.steps }),
    ...(typeof guidance === "number" ? { guidance } : {}),
    ...(config.seed === undefined ? {} : { seed: config.seed, seedLocked: true }),
  };
}
