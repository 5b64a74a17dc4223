import type { Json } from "@safelight/shared";

/** Hashes of the blobs that a JSON value refers to, at any depth. */
export function blobReferences(value: Json | undefined, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== "object" || value === null) return found;
  if (Array.isArray(value)) {
    for (const item of value) blobReferences(item, found);
    return found;
  }
  for (const [name, child] of Object.entries(value)) {
    if (name === "sha256" && typeof child === "string") found.add(child);
    else blobReferences(child, found);
  }
  return found;
}
