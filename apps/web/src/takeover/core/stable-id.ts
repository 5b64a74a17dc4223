import { v5 as uuidFromName } from "uuid";

/** A namespace of this takeover's own. */
const NAMESPACE = "6f1b4c0e-6a35-4e0c-9d55-0c6a6f3b7f11";
const RECORD_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,126}[A-Za-z0-9_~-])?$/;

/** An id that is the same whenever the same thing is taken over. */
export function stableId(prefix: string, ...identity: readonly unknown[]): string {
  return `${prefix}-${uuidFromName(JSON.stringify([prefix, ...identity]), NAMESPACE)}`;
}

/** The older app's own id where it can be one here, else one that is made from it. */
export function keptId(prefix: string, own: unknown, ...identity: readonly unknown[]): string {
  const text = typeof own === "number" ? String(own) : own;
  return typeof text === "string" && RECORD_ID.test(text) ? text : stableId(prefix, own ?? null, ...identity);
}
