import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, BlobRef, FreeObject, LongText, RecordId, ShortText, withPolicy } from "./fields.ts";

const sessionId = withPolicy("fixed", RecordId);
const sortKey = Type.Optional(ShortText);
const metadata = Type.Optional(FreeObject);
const code = Type.String({ maxLength: 1_000_000 });

/** A conversation in which a user interface is made. */
export const EditorSession = Type.Object(
  { ...baseFields, name: ShortText, currentComponentId: Type.Optional(RecordId), metadata },
  { additionalProperties: false },
);
export type EditorSession = Static<typeof EditorSession>;

export const Message = Type.Object(
  {
    ...baseFields,
    sessionId,
    sortKey,
    role: Type.Union([Type.Literal("user"), Type.Literal("assistant"), Type.Literal("system")]),
    content: withPolicy("text", LongText),
    images: Type.Optional(Type.Array(BlobRef, { maxItems: 50 })),
    componentId: Type.Optional(RecordId),
    jobId: Type.Optional(RecordId),
    metadata,
  },
  { additionalProperties: false },
);
export type Message = Static<typeof Message>;

/** One request to a model and its whole answer. */
export const Interaction = Type.Object(
  {
    ...baseFields,
    sessionId,
    sortKey,
    type: Type.Optional(ShortText),
    prompt: LongText,
    response: LongText,
    messageId: Type.Optional(RecordId),
    jobId: Type.Optional(RecordId),
    metadata,
  },
  { additionalProperties: false },
);
export type Interaction = Static<typeof Interaction>;

/** A generated component: JSX, CSS and metadata. */
export const Component = Type.Object(
  {
    ...baseFields,
    sessionId,
    sortKey,
    name: ShortText,
    jsx: withPolicy("text", code),
    css: withPolicy("text", code),
    metadata,
  },
  { additionalProperties: false },
);
export type Component = Static<typeof Component>;

const document = "editor/{sessionId}.json";

export const editorSessions = defineCollection({
  name: "editorSessions",
  idPrefix: "editor",
  schema: EditorSession,
  document: "editor/{id}.json",
  initial: { name: "" },
});

export const messages = defineCollection({
  name: "messages",
  idPrefix: "msg",
  schema: Message,
  document,
  initial: {},
});

export const interactions = defineCollection({
  name: "interactions",
  idPrefix: "act",
  schema: Interaction,
  document,
  initial: { prompt: "", response: "" },
});

export const components = defineCollection({
  name: "components",
  idPrefix: "comp",
  schema: Component,
  document,
  initial: { name: "", jsx: "", css: "" },
});
