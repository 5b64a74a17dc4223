import type { HashBlob } from "../ports.ts";

/**
 * SHA-256 by the browser where it offers that. Pages on plain HTTP have no `crypto.subtle`: there a library, loaded
 * only then, hashes the bytes as they stream.
 */
export const hashBlob: HashBlob = async (bytes) => {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  if (subtle !== undefined)
    return hex(new Uint8Array(await subtle.digest("SHA-256", await bytes.arrayBuffer())));
  return hashByLibrary(bytes);
};

export const hashByLibrary: HashBlob = async (bytes) => {
  const { sha256 } = await import("@noble/hashes/sha2.js");
  const hash = sha256.create();
  const reader = bytes.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return hex(hash.digest());
    hash.update(value);
  }
};

function hex(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
