import { Type } from "@sinclair/typebox";

/** Schema of a response whose body is bytes, not JSON. */
export const BinaryBody = Type.Unsafe<unknown>({ type: "string", format: "binary", description: "Bytes" });

/** Schema of a response without a body. */
export const NoBody = Type.Unsafe<unknown>({ type: "null", description: "No body" });
