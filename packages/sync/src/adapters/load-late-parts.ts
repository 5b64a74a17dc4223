import type { Clock } from "../ports.ts";

/** After the start, which it is not to hold up, and until what did not come is asked for again, in milliseconds. */
const SOON_MS = 2000;
const AGAIN_MS = 15_000;

/** Loads what is needed rarely while it can be. Answers how to stop asking for it. */
export function loadLateParts(clock: Clock): () => void {
  let stopped = false;
  const load = () =>
    void loadNow().catch(() => {
      if (!stopped) cancel = clock.after(AGAIN_MS, load);
    });
  let cancel = clock.after(SOON_MS, load);
  return () => {
    stopped = true;
    cancel();
  };
}

async function loadNow(): Promise<void> {
  const { loadAllParts } = await import("./late-parts.ts");
  await loadAllParts();
}
