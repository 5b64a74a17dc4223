import type { TSchema } from "@sinclair/typebox";

/** The parts of a validator's error that tell what should stand there. */
export interface SchemaFault {
  readonly path: string;
  readonly message: string;
  readonly schema: TSchema;
}

/** What is wrong, as a sentence without its stop; of a choice it says what there is to choose from. */
export function faultMessage({ message, schema }: Omit<SchemaFault, "path">): string {
  const members: readonly unknown[] = Array.isArray(schema["anyOf"]) ? schema["anyOf"] : [];
  const names = members.map(nameOf);
  return names.length === 0 || names.includes(undefined) ? message : `Expected ${names.join(" or ")}`;
}

function nameOf(member: unknown): string | undefined {
  if (typeof member !== "object" || member === null) return undefined;
  if ("const" in member) return JSON.stringify(member.const);
  return "type" in member && typeof member.type === "string" ? member.type : undefined;
}
