import type { Clock } from "../ports.ts";

/** After the start, which it is not to hold up, and until what did not come is asked for again, in milliseconds. */
const SOON_MS = 2000;
const AGAIN_MS = 15_000;

/**
 * Parts that few pages need, but then perhaps while nothing can be loaded: a page on plain HTTP has no service worker that
 * keeps them. The engine's own `import` of them finds them loaded. Answers how to stop.
 */
export function loadLateParts(clock: Clock): () => void {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  let stopped = false;
  let cancel = clock.after(SOON_MS, load);
  function load(): void {
    const parts = [
      import("../engine/attention-desk.ts"),
      import("../engine/rebuild-base.ts"),
      import("../engine/keep-house.ts"),
      import("./salvage-database.ts"),
      import("./memory-storage.ts"),
      ...(subtle !== undefined ? [] : [import("@noble/hashes/sha2.js")]),
    ];
    Promise.all(parts).catch(() => {
      if (!stopped) cancel = clock.after(AGAIN_MS, load);
    });
  }
  return () => {
    stopped = true;
    cancel();
  };
}
