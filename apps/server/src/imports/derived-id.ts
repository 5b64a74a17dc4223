import { createHash } from "node:crypto";

/** An id that is the same whenever the same thing is imported: `prefix-<32 hex digits>`. */
export function derivedId(prefix: string, ...identity: readonly (string | number | undefined)[]): string {
  return `${prefix}-${digestOf(identity).slice(0, 32)}`;
}

/** The id for an entry whose own id is taken by another one: the old apps counted, and two of them count alike. */
export function secondId(id: string, ...identity: readonly (string | number | undefined)[]): string {
  return `${id.slice(0, 110)}-${digestOf(identity).slice(0, 12)}`;
}

function digestOf(identity: readonly (string | number | undefined)[]): string {
  return createHash("sha256")
    .update(JSON.stringify(identity.map((part) => part ?? null)))
    .digest("hex");
}
