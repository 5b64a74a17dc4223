import { takeLock } from "./file-lock.ts";
import { createNodeFs } from "./node-fs.ts";

/**
 * Keeps every studio out of a data folder, whatever is in it, until `release`. Rejects with `store.locked`, which names the holder, or
 * with `store.not-writable`.
 */
export async function holdDataFolder(dataDir: string): Promise<{ release(): Promise<void> }> {
  const lock = await takeLock(createNodeFs(dataDir), new Date().toISOString());
  return { release: () => lock.release() };
}
