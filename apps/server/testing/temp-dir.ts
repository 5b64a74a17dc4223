import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder that `remove` takes away again. */
export function makeTempDir(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "safelight-server-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
