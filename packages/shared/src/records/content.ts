import { Type, type Static } from "@sinclair/typebox";
import { extensionOf } from "../mime.ts";
import { slugOf } from "../slug.ts";
import { defineCollection } from "./definition.ts";
import { baseFields, BlobRef, LongText, RecordId, ShortText, withPolicy } from "./fields.ts";

const ContentConfig = Type.Object(
  {
    steps: Type.Optional(Type.Number()),
    guidanceScale: Type.Optional(Type.Number()),
    width: Type.Optional(Type.Number()),
    height: Type.Optional(Type.Number()),
    seed: Type.Optional(Type.Number()),
  },
  { additionalProperties: true },
);

/** A picture or clip: generated, uploaded or imported. */
export const GeneratedContent = Type.Object(
  {
    ...baseFields,
    type: Type.Union([Type.Literal("image"), Type.Literal("video")]),
    origin: withPolicy(
      "fixed",
      Type.Union([Type.Literal("generated"), Type.Literal("upload"), Type.Literal("import")]),
    ),
    prompt: LongText,
    negativePrompt: LongText,
    config: ContentConfig,
    modelId: ShortText,
    provider: Type.Optional(ShortText),
    filename: Type.Optional(
      withPolicy("fixed", Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._ -]{0,199}$" })),
    ),
    url: Type.Optional(Type.String({ maxLength: 2048, description: "where it once was; never shown" })),
    blob: Type.Optional(BlobRef),
    /** Of a clip: the still picture that stands for it. */
    poster: Type.Optional(BlobRef),
    jobId: Type.Optional(withPolicy("fixed", RecordId)),
    title: Type.Optional(ShortText),
    star: Type.Optional(Type.Boolean()),
    tags: Type.Optional(withPolicy("set", Type.Array(ShortText, { maxItems: 200, uniqueItems: true }))),
    boardId: Type.Optional(RecordId),
  },
  { additionalProperties: false },
);
export type GeneratedContent = Static<typeof GeneratedContent>;

/** The readable name of a content's file, the same on every machine: `a-lighthouse-1a2b3c4d.png`. */
export function contentFilename(
  content: Pick<GeneratedContent, "id" | "type" | "origin" | "prompt" | "filename" | "blob">,
): string | undefined {
  if (content.filename !== undefined) return content.filename;
  if (content.blob === undefined) return undefined;
  const words = slugOf(content.origin === "upload" ? (content.blob.name ?? "") : content.prompt);
  return `${words || content.type}-${content.id.slice(-12)}.${extensionOf(content.blob.mime)}`;
}

export const contents = defineCollection({
  name: "contents",
  idPrefix: "content",
  schema: GeneratedContent,
  document: "content.json",
  initial: { type: "image", origin: "generated", prompt: "", negativePrompt: "", config: {}, modelId: "" },
  readableFile: (record) => {
    const name = contentFilename(record);
    if (name === undefined || record.blob === undefined) return undefined;
    return { folder: record.origin === "upload" ? "uploads" : "generated", name, sha256: record.blob.sha256 };
  },
});
