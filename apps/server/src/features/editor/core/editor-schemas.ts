import { Component, Interaction, IsoTime, Message, RecordId, ShortText } from "@safelight/shared";
import { Type } from "@sinclair/typebox";

/** What a session is made of, each a collection of its own. */
export type EditorCollection = "messages" | "components" | "interactions";

/** Fields that every item may be sent with. With an `id`, sending it again has no second effect. */
const itemFields = {
  id: Type.Optional(RecordId),
  sortKey: Type.Optional(ShortText),
  createdAt: Type.Optional(IsoTime),
};

const messageFields = Message.properties;
export const NewMessage = Type.Object(
  {
    ...itemFields,
    role: messageFields.role,
    content: messageFields.content,
    images: messageFields.images,
    componentId: messageFields.componentId,
    jobId: messageFields.jobId,
    metadata: messageFields.metadata,
  },
  { additionalProperties: false },
);

const interactionFields = Interaction.properties;
export const NewInteraction = Type.Object(
  {
    ...itemFields,
    type: interactionFields.type,
    prompt: interactionFields.prompt,
    response: Type.Optional(interactionFields.response),
    messageId: interactionFields.messageId,
    jobId: interactionFields.jobId,
    metadata: interactionFields.metadata,
  },
  { additionalProperties: false },
);

const componentFields = Component.properties;
/** Code under either of the names that the older editor used: `jsx` or `jsxCode`, `css` or `cssCode`. */
export const NewComponent = Type.Object(
  {
    ...itemFields,
    name: Type.Optional(componentFields.name),
    jsx: Type.Optional(componentFields.jsx),
    jsxCode: Type.Optional(componentFields.jsx),
    css: Type.Optional(componentFields.css),
    cssCode: Type.Optional(componentFields.css),
    metadata: componentFields.metadata,
  },
  { additionalProperties: false },
);
