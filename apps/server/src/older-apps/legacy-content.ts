import { type BlobRef, contentFilename, type GeneratedContent, type JsonObject } from "@safelight/shared";
import type { LegacyContent } from "./storage-schemas.ts";

/** A content as the older app listed it; `url` is where this server serves it. */
export function legacyOfContent(content: GeneratedContent): LegacyContent {
  const filename = contentFilename(content);
  return {
    id: content.id,
    type: content.type,
    url: urlOf(content, filename),
    prompt: content.prompt,
    negativePrompt: content.negativePrompt,
    config: content.config,
    modelId: content.modelId,
    createdAt: content.createdAt,
    ...(filename === undefined ? {} : { filename }),
  };
}

function urlOf(content: GeneratedContent, filename: string | undefined): string {
  if (content.blob === undefined || filename === undefined) return content.url ?? "";
  return `/api/generated/${encodeURIComponent(filename)}`;
}

/** The record's fields that a posted content asks for. What was not sent is left alone. */
export function fieldsOfLegacyContent(item: LegacyContent, blob: BlobRef | undefined): JsonObject {
  const { id: _id, url, ...fields } = item;
  return {
    ...fields,
    ...(blob === undefined ? {} : { blob }),
    // Our own addresses are computed when shown; keeping one would go stale.
    ...(url === undefined || url === "" || blob !== undefined || url.startsWith("/api/") ? {} : { url }),
  };
}
