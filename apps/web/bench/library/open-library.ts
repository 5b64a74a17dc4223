import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { run } from "../../../../scripts/run.ts";
import { openBrowser } from "../../e2e/open-browser.ts";
import { startStudio, type Studio } from "../../e2e/start-studio.ts";
import { installPageBench, USABLE } from "./install-page-bench.ts";

export interface LibrarySize {
  readonly records: number;
  readonly pictures: number;
  /** How often what varies is measured. */
  readonly runs: number;
  readonly scrollFrames: number;
}

export const FULL_LIBRARY: LibrarySize = { records: 100_000, pictures: 240, runs: 3, scrollFrames: 240 };
export const SMALL_LIBRARY: LibrarySize = { records: 600, pictures: 6, runs: 1, scrollFrames: 30 };

export interface OpenLibrary {
  readonly size: LibrarySize;
  readonly studio: Studio;
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** The Create room, with every record on the device. */
  readonly page: Page;
  readonly progress: (words: string) => void;
  close(): Promise<void>;
}

const makeSampleData = fileURLToPath(new URL("../../../../scripts/make-sample-data.ts", import.meta.url));
const WHOLE_WITHIN_MS = 240_000;

/** A studio with so many jobs and as many contents, and a browser that has all of them. `data`: a folder made before. */
export async function openLibrary(options: {
  readonly size: LibrarySize;
  readonly data?: string;
  readonly progress: (words: string) => void;
}): Promise<OpenLibrary> {
  const { size, data, progress } = options;
  progress(`making ${size.records} jobs and as many contents`);
  const fill = async (folder: string): Promise<void> => {
    if (data !== undefined) return copyOf(data, folder);
    const counts = ["--jobs", "--contents"].flatMap((name) => [name, String(size.records)]);
    const args = [makeSampleData, ...counts, "--pictures", String(size.pictures), "--into", folder];
    const { code, output } = await run(process.execPath, args);
    if (code !== 0) throw new Error(`The samples could not be made: ${output}`);
  };
  const studio = await startStudio({ fill });
  progress("making thumbnails");
  await makeThumbnails(studio);
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(installPageBench, USABLE);
  const page = await context.newPage();
  progress("first sync");
  await page.goto(`${studio.url}/create`);
  await untilWhole(page, size.records);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return {
    size,
    studio,
    browser,
    context,
    page,
    progress,
    async close() {
      await browser.close();
      await studio.close();
    },
  };
}

/** With the links in it: as files of their own a hundred thousand readable names would take gigabytes. */
async function copyOf(data: string, folder: string): Promise<void> {
  const { code, output } = await run("cp", ["-a", `${data}/.`, folder]);
  if (code !== 0) throw new Error(`The samples could not be copied: ${output}`);
}

/** Has the server make every thumbnail that the library asks for: it makes each once, and a scroll is not to wait for that. */
async function makeThumbnails({ url, dataDir }: Studio): Promise<void> {
  const files = await readdir(join(dataDir, "blobs"), { recursive: true, withFileTypes: true });
  for (const file of files) {
    if (!file.isFile()) continue;
    for (const width of [256, 512]) {
      // What is no picture has none, and the library asks for none.
      const answer = await fetch(`${url}/api/thumbnails/${parse(file.name).name}/${width}`);
      await answer.arrayBuffer();
    }
  }
}

/** Waits until every record is in the page, and what follows from that is done. */
export async function untilWhole(page: Page, records: number): Promise<void> {
  await page.waitForFunction(
    (expected) => {
      const total = document.querySelector('nav[aria-label="Show"] a span')?.textContent ?? "";
      return Number(total.replaceAll(",", "")) >= expected;
    },
    records,
    { timeout: WHOLE_WITHIN_MS, polling: 250 },
  );
  await page.waitForTimeout(records > 10_000 ? 6000 : 300);
}
