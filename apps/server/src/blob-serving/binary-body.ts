const bytes = { "*/*": { schema: { type: "string", format: "binary" } } } as const;

/** `response` entry of a route whose body is bytes, of whatever type. */
export const BinaryBody = { description: "The bytes", content: bytes } as const;

/** `response` entry of an answer without a body. */
export const NoBody = { description: "No body", type: "null" } as const;
