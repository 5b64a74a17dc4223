import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";

const SECRET_NAME = /token|secret|password|passwd|authorization|api[-_]?key|credential|signature|cookie/i;
/** Providers sign their addresses in what follows the path. */
const ADDRESS = /^(https?:\/\/[^?#\s]+)[?#]\S*$/i;
const REMOVED = "(removed)";

/** A value as it can be shown and copied: what is named like a secret is left out, and what addresses are signed with. */
export function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (isJsonObject(value)) return objectWithoutSecrets(value);
  if (typeof value !== "string") return value;
  if (/^data:/i.test(value)) return `${value.slice(0, 40)}… (${value.length} characters)`;
  return value
    .replace(/\b(Bearer|Key|Basic)\s+[A-Za-z0-9._~+/=:-]{8,}/g, `$1 ${REMOVED}`)
    .replace(ADDRESS, `$1?${REMOVED}`);
}

function objectWithoutSecrets(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) && (typeof inner === "string" || isJsonObject(inner))
        ? REMOVED
        : withoutSecrets(inner),
    ]),
  );
}
