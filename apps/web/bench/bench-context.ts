import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PushRequest, PushResponse } from "@safelight/shared";
import { SCHEMA_VERSION } from "@safelight/shared";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { v7 as newUuid } from "uuid";
import { openBrowser } from "../e2e/open-browser.ts";
import { startStudio, type Studio } from "../e2e/start-studio.ts";
import { buildSyncPage } from "../e2e/sync/build-sync-page.ts";

export interface BenchSize {
  /** Records of the smaller and of the larger studio. */
  readonly few: number;
  readonly many: number;
  readonly runs: number;
  /** Cached starts in each run. */
  readonly starts: number;
  readonly writes: number;
  /** Changes that a client catches up with. */
  readonly missed: number;
  /** Pushes of 50 over all clients, in a round. */
  readonly pushes: number;
  /** How long a server that has just started is left alone: it still compiles the checks of its routes. In milliseconds. */
  readonly settleMs: number;
}

export const FULL_SIZE: BenchSize = {
  few: 10_000,
  many: 100_000,
  runs: 5,
  starts: 3,
  writes: 100,
  missed: 1000,
  pushes: 400,
  settleMs: 3000,
};
export const SMALL_SIZE: BenchSize = {
  few: 300,
  many: 700,
  runs: 1,
  starts: 1,
  writes: 5,
  missed: 50,
  pushes: 20,
  settleMs: 0,
};

export interface PageQuery {
  readonly records: number;
  readonly changed?: string;
}

export interface BenchContext {
  readonly size: BenchSize;
  readonly progress: (words: string) => void;
  /** A fresh browser profile that can show the bench page of a studio. */
  openProfile(): Promise<BrowserContext>;
  /** `query` tells the page what to wait for: `records`, how many there are, and `changed`, the id of one that gets a title. */
  openPage(profile: BrowserContext, studio: Studio, query: PageQuery): Promise<Page>;
  /** A studio with records of pictures; ended by `dispose`. */
  openStudio(records: number): Promise<Studio>;
  dispose(): Promise<void>;
}

const PAGE = `<!doctype html><title>bench</title><body><script type="module" src="/assets/client.js"></script>`;

export async function createBenchContext(options: {
  readonly size: BenchSize;
  readonly progress: (words: string) => void;
}): Promise<BenchContext> {
  const scripts = await buildSyncPage({
    entry: new URL("bench-page.ts", import.meta.url),
    base: "/assets/",
  });
  // Served by the studio, as the app is: a driver that answers for it costs the cores that the page needs.
  const pages = await mkdtemp(join(tmpdir(), "safelight-bench-"));
  await writeFile(join(pages, "index.html"), PAGE);
  await mkdir(join(pages, "assets"));
  for (const [path, code] of scripts) await writeFile(join(pages, path), code);
  const browser: Browser = await openBrowser();
  const studios: Studio[] = [];
  return {
    ...options,
    openProfile: () => browser.newContext({ serviceWorkers: "block" }),
    async openPage(profile, studio, { records, changed = "" }) {
      const page = await profile.newPage();
      await page.goto(`${studio.url}/?records=${records}&changed=${changed}`);
      await page.waitForFunction(() => "bench" in window);
      return page;
    },
    async openStudio(records) {
      const studio = await startStudio({ pages });
      studios.push(studio);
      await fill(studio, records);
      return studio;
    },
    async dispose() {
      await browser.close();
      for (const studio of studios) await studio.close();
      await rm(pages, { recursive: true, force: true });
    },
  };
}

/** A client of the push protocol without a browser: answers what the studio said. */
export function createPusher(studio: Studio): (mutations: readonly object[]) => Promise<PushResponse> {
  const clientId = newUuid();
  let n = 0;
  return async (mutations) => {
    const numbered = mutations.map((mutation) => ({ n: (n += 1), ...mutation }));
    const body = {
      clientId,
      schema: SCHEMA_VERSION,
      mutations: numbered as unknown as PushRequest["mutations"],
    };
    const answer = await fetch(`${studio.url}/api/sync/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body satisfies PushRequest),
    });
    if (!answer.ok) throw new Error(`The push was answered by ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as PushResponse;
  };
}

/** A picture's record of about 550 bytes. */
export function pictureCreation(at: number): object {
  const prompt = `lighthouse at dawn over a quiet harbour, soft film grain, warm key light, long exposure, ${at}`;
  const config = { width: 1024, height: 1024, steps: 28, guidanceScale: 7.5, seed: at };
  const set = {
    type: "image",
    origin: "generated",
    prompt,
    negativePrompt: "text, watermark",
    config,
    tags: ["sea"],
  };
  return { collection: "contents", id: pictureId(at), op: "create", set };
}

export function pictureId(at: number): string {
  return `content-01890000-0000-7000-8000-${at.toString(16).padStart(12, "0")}`;
}

async function fill(studio: Studio, records: number): Promise<void> {
  const push = createPusher(studio);
  for (let start = 0; start < records; start += 200) {
    const count = Math.min(200, records - start);
    const { results } = await push(Array.from({ length: count }, (_, at) => pictureCreation(start + at)));
    const refused = results.find(({ status }) => status === "rejected");
    if (refused !== undefined) throw new Error(`A record was refused: ${JSON.stringify(refused)}`);
  }
}
