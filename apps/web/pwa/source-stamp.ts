import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Lies beside the pages that are built, and tells what they were built from. */
export const STAMP_FILE = "sources.sha256";

const repository = join(import.meta.dirname, "..", "..", "..");
/** What the pages are made of; the build's `inputs` in `turbo.json` hold all of it. */
const SOURCES = [
  "apps/web/index.html",
  "apps/web/vite.config.ts",
  "apps/web/pwa",
  "apps/web/public",
  "apps/web/src",
  "packages/shared/src",
  "packages/sync/src",
];
/** What an editor or a system leaves beside the sources is none of them. */
const IS_SOURCE = /\.(?:ts|tsx|js|css|html|svg|png)$/;
const IS_TEST = /\.test\.tsx?$/;

/** One hash over everything that the pages are made of: paths and bytes, whenever they were written. */
export async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const path of await filesIn(source)) {
      hash.update(`${path}\n`).update(
        createHash("sha256")
          .update(await readFile(join(repository, path)))
          .digest(),
      );
    }
  }
  return hash.digest("hex");
}

/** Writes beside the pages what they are built from, as it is when the build begins. */
export function stampSources(): Plugin {
  let stamp = "";
  return {
    name: "stamp-sources",
    apply: "build",
    async buildStart() {
      stamp = await hashSources();
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: STAMP_FILE, source: stamp });
    },
  };
}

/** Paths of the sources at or below a path of the repository, with slashes, in one order everywhere. */
async function filesIn(path: string): Promise<readonly string[]> {
  if (IS_SOURCE.test(path)) return [path];
  const entries = await readdir(join(repository, path), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && IS_SOURCE.test(entry.name) && !IS_TEST.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(repository.length).replaceAll("\\", "/"))
    .sort((a, b) => (a < b ? -1 : 1));
}
