import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A fresh folder on a real disk, removed by `remove`. */
export async function temporaryFolder(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), "safelight-store-"));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
