import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashSources, STAMP_FILE } from "../pwa/source-stamp.ts";

/** Stops a run of the browser tests against built pages that are not of the sources there are. */
export async function setup(): Promise<void> {
  // Pages that somebody names are looked at as they are.
  if (process.env["E2E_PAGES"] !== undefined) return;
  await checkPages(join(import.meta.dirname, "..", "dist"));
}

/** Rejects when the pages of a folder were built from other sources. Where there are none, the tests that need them say so. */
export async function checkPages(pages: string): Promise<void> {
  if (!existsSync(join(pages, "index.html"))) return;
  if ((await stampOf(pages)) === (await hashSources())) return;
  throw new Error(
    `The pages in ${pages} were built from other sources than those there are. Run \`pnpm exec turbo run build\` first, or name the folder of other pages in E2E_PAGES.`,
  );
}

async function stampOf(pages: string): Promise<string | undefined> {
  try {
    return await readFile(join(pages, STAMP_FILE), "utf8");
  } catch {
    // Built before builds were stamped.
    return undefined;
  }
}
