import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { complaintsOf, openBrowser } from "./open-browser.ts";
import { startStudio, type Studio } from "./start-studio.ts";

export interface PageStageOptions {
  /** What the page opens. */
  readonly path: string;
  readonly width?: number;
  readonly height?: number;
  readonly context?: BrowserContextOptions;
  /** Is given the studio's folder before its first start. */
  readonly fill?: (dataDir: string) => Promise<void>;
  /** Whether the tests of the file follow one another on one page, rather than each on its own. */
  readonly isShared?: boolean;
}

/** What most tests need: one browser for the file; a studio and a page of it, for each test or for all of them. */
export interface PageStage {
  readonly studio: Studio;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page has complained of so far. */
  readonly complaints: readonly string[];
}

/** Sets a stage up for the tests of the file that calls it. Its parts exist while a test runs. */
export function usePage(options: PageStageOptions): PageStage {
  const { path, width = 1440, height = 900, fill, isShared = false } = options;
  const begin = isShared ? beforeAll : beforeEach;
  const end = isShared ? afterAll : afterEach;
  let browser: Browser | undefined;
  let parts: PageStage | undefined;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  begin(async () => {
    const studio = await startStudio(fill === undefined ? {} : { fill });
    const context = await present(browser).newContext({ viewport: { width, height }, ...options.context });
    const page = await context.newPage();
    parts = { studio, context, page, complaints: complaintsOf(page) };
    await page.goto(`${studio.url}${path}`);
  });
  end(async () => {
    await parts?.context.close();
    await parts?.studio.close();
    parts = undefined;
  });

  return {
    get studio() {
      return present(parts).studio;
    },
    get context() {
      return present(parts).context;
    },
    get page() {
      return present(parts).page;
    },
    get complaints() {
      return present(parts).complaints;
    },
  };
}

function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("The stage is used outside a test.");
  return part;
}
