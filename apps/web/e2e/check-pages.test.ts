import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashSources, STAMP_FILE } from "../pwa/source-stamp.ts";
import { checkPages } from "./check-pages.ts";

let pages: string;
beforeEach(async () => {
  pages = await mkdtemp(join(tmpdir(), "safelight-pages-"));
});
afterEach(() => rm(pages, { recursive: true }));

const put = (name: string, text: string) => writeFile(join(pages, name), text);

it("takes pages that were built from the sources there are, and an empty folder", async () => {
  await expect(checkPages(pages)).resolves.toBeUndefined();
  await put("index.html", "<!doctype html>");
  await put(STAMP_FILE, await hashSources());
  await expect(checkPages(pages)).resolves.toBeUndefined();
});

it("refuses pages of other sources, and pages that do not tell", async () => {
  await put("index.html", "<!doctype html>");
  await expect(checkPages(pages)).rejects.toThrow("built from other sources");
  await put(STAMP_FILE, "0".repeat(64));
  await expect(checkPages(pages)).rejects.toThrow("E2E_PAGES");
});
