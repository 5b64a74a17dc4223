import type { JsonObject } from "../json.ts";
import type { GeneratedContent } from "../records/content.ts";
import type { Job } from "../records/job.ts";
import {
  asObject,
  compact,
  type MadeBySafelight,
  numberOf,
  type PictureLora,
  type PictureSettings,
  textOr,
} from "./picture-settings.ts";

/** What the studio knows of how a content was made, for its copies. `job` is the one that made it, when it is known. */
export function settingsOfContent(
  content: Pick<
    GeneratedContent,
    "id" | "prompt" | "negativePrompt" | "config" | "modelId" | "provider" | "jobId" | "createdAt" | "blob"
  >,
  job?: Pick<Job, "kind" | "provider" | "model" | "params">,
): PictureSettings {
  const { config, blob } = content;
  return compact<PictureSettings>({
    source: "safelight",
    prompt: content.prompt,
    negativePrompt: content.negativePrompt,
    steps: numberOf(config.steps),
    guidanceScale: numberOf(config.guidanceScale ?? asObject(config)?.["guidance"]),
    seed: numberOf(config.seed),
    width: blob?.width ?? numberOf(config.width),
    height: blob?.height ?? numberOf(config.height),
    sampler: textOr(asObject(config)?.["sampler"]) || undefined,
    model: content.modelId || undefined,
    loras: lorasOf(job?.params),
    made: compact<MadeBySafelight>({
      provider: content.provider ?? job?.provider,
      model: job?.model ?? (content.modelId || undefined),
      kind: job?.kind,
      params: job?.params,
      contentId: content.id,
      jobId: content.jobId,
      createdAt: content.createdAt,
    }),
  });
}

function lorasOf(params: JsonObject | undefined): readonly PictureLora[] | undefined {
  const list = params?.["loras"];
  if (!Array.isArray(list)) return undefined;
  const loras = list.flatMap((item): PictureLora[] => {
    const lora = asObject(item);
    const name = textOr(lora?.["name"] ?? lora?.["modelId"] ?? lora?.["url"]);
    return name === "" ? [] : [{ name, scale: numberOf(lora?.["scale"]) ?? 1 }];
  });
  return loras.length === 0 ? undefined : loras;
}
