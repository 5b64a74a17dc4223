import type { GeneratedContent } from "@safelight/shared";
import type { Viewed } from "@safelight/sync";

const at = "2026-03-10T12:00:00.000Z";

/** A succeeded image job, but for `fields`. */
export function makeJob(fields: Partial<Viewed<"jobs">> & { readonly id: string }): Viewed<"jobs"> {
  const job = {
    rev: 1,
    createdAt: at,
    updatedAt: at,
    kind: "image",
    provider: "local",
    prompt: "a lighthouse",
    params: { width: 768, height: 512, count: 1 },
    status: "succeeded",
    progress: 1,
    charge: { state: "none" },
    results: [],
    ...fields,
  };
  return job as Viewed<"jobs">;
}

/** A generated picture of 768 × 512, but for `fields`. */
export function makeContent(fields: Partial<GeneratedContent> & { readonly id: string }): GeneratedContent {
  return {
    rev: 1,
    createdAt: at,
    updatedAt: at,
    type: "image",
    origin: "generated",
    prompt: "a lighthouse",
    negativePrompt: "",
    config: { width: 768, height: 512 },
    modelId: "paint",
    ...fields,
  };
}
