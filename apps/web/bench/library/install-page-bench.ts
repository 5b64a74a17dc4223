/** What the page tells of itself while it is measured. Times in milliseconds. */
export interface PageBench {
  /** Since the page's script was there until a first page of tiles was painted. */
  firstPageMs: number;
  /** The same for the app's own first page, which can be used: what stands before it is a look of the page when it was left. */
  usableMs: number;
  /** Resolves with the time from now until `isDone` holds and that was painted. */
  untilPainted(isDone: () => boolean): Promise<number>;
  /** Times from each key in the search field until what it found was painted. */
  readonly keyTimes: number[];
  /** Scrolls the library by so many pixels each frame, and looks at every frame. */
  scroll(options: { readonly perFrame: number; readonly frames: number }): Promise<ScrollReport>;
  /** Jumps to places of the library, and waits each time until no row is missing. */
  jump(count: number): Promise<number[]>;
}

export interface ScrollReport {
  readonly frameMs: number[];
  /** Longest time during which a row was missing on the screen. */
  readonly longestBlankMs: number;
  readonly mostElements: number;
}

/** What a page says on its console when `usableMs` is known. */
export const USABLE = "The first page can be used.";

declare global {
  interface Window {
    pageBench: PageBench;
  }
}

/** Runs in the page before its own script; nothing outside of it can be used here. `usable`: see `USABLE`. */
export function installPageBench(usable: string): void {
  const FIRST_PAGE_TILES = 6;
  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener("message", () => resolve());
        channel.port1.start();
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin alone
        channel.port2.postMessage(0);
      });
    });
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const tilesIn = (root: ParentNode | null): number =>
    root?.querySelectorAll('[role="grid"] [role="gridcell"], [role="grid"] tr[data-index]').length ?? 0;

  function scroller(): HTMLElement {
    const found = document.querySelector('[role="grid"]')?.parentElement;
    if (found === null || found === undefined)
      throw new Error("There is no library and no table on this page.");
    return found;
  }

  /** Pixels of the library's window that no row covers; gaps and headings are below the tolerance. */
  function uncovered(): number {
    const view = scroller().getBoundingClientRect();
    const rows = [...document.querySelectorAll('[role="grid"] > [role="row"], [role="grid"] tr[data-index]')]
      .map((row) => row.getBoundingClientRect())
      .filter(({ top, bottom }) => bottom > view.top && top < view.bottom)
      .sort((a, b) => a.top - b.top);
    let reached = view.top + 12;
    let largest = 0;
    for (const { top, bottom } of rows) {
      largest = Math.max(largest, top - reached);
      reached = Math.max(reached, bottom);
    }
    return Math.max(largest, view.bottom - 30 - reached);
  }
  const TOLERATED_GAP_PX = 24;

  async function untilPainted(isDone: () => boolean): Promise<number> {
    const startedMs = performance.now();
    while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 1));
    await painted();
    return performance.now() - startedMs;
  }

  const keyTimes: number[] = [];
  async function noteKey(startedMs: number): Promise<void> {
    await painted();
    keyTimes.push(performance.now() - startedMs);
  }
  document.addEventListener(
    "input",
    (event) => {
      if (!(event.target instanceof HTMLInputElement) || event.target.type !== "search") return;
      const startedMs = event.timeStamp;
      // What the event leads to is drawn in the same task or the next: the frame after it shows it.
      void noteKey(startedMs);
    },
    true,
  );

  window.pageBench = {
    firstPageMs: Number.NaN,
    usableMs: Number.NaN,
    keyTimes,
    untilPainted,
    async scroll({ perFrame, frames }) {
      const element = scroller();
      const frameMs: number[] = [];
      let blankSinceMs = Number.NaN;
      let longestBlankMs = 0;
      let mostElements = 0;
      let lastMs = await frame();
      for (let index = 0; index < frames; index += 1) {
        element.scrollTop += perFrame;
        const nowMs = await frame();
        frameMs.push(nowMs - lastMs);
        lastMs = nowMs;
        // Measured as the frame begins: what the last one showed.
        if (uncovered() <= TOLERATED_GAP_PX) blankSinceMs = Number.NaN;
        else if (Number.isNaN(blankSinceMs)) blankSinceMs = nowMs;
        else longestBlankMs = Math.max(longestBlankMs, nowMs - blankSinceMs);
        if (index % 10 === 0) mostElements = Math.max(mostElements, document.querySelectorAll("*").length);
      }
      return { frameMs, longestBlankMs, mostElements };
    },
    async jump(count) {
      const element = scroller();
      const times: number[] = [];
      for (let index = 1; index <= count; index += 1) {
        const startedMs = performance.now();
        element.scrollTop = (element.scrollHeight * ((index * 37) % 100)) / 100;
        do await painted();
        while (uncovered() > TOLERATED_GAP_PX);
        times.push(performance.now() - startedMs);
      }
      return times;
    },
  };

  async function sinceScript(): Promise<number> {
    await painted();
    const script = performance
      .getEntriesByType("resource")
      .find(({ name }) => /\/assets\/index-[^/]+\.js$/.test(name));
    const scriptMs = script instanceof PerformanceResourceTiming ? script.responseEnd : 0;
    return performance.now() - scriptMs;
  }
  async function noteFirstPage(): Promise<void> {
    window.pageBench.firstPageMs = await sinceScript();
  }
  async function noteUsable(): Promise<void> {
    window.pageBench.usableMs = await sinceScript();
    console.info(usable);
  }

  let isShown = false;
  const watch = new MutationObserver(() => {
    if (tilesIn(document) < FIRST_PAGE_TILES) return;
    if (!isShown) void noteFirstPage();
    isShown = true;
    const own = tilesIn(document) - tilesIn(document.querySelector("[data-first-look]"));
    if (own < FIRST_PAGE_TILES) return;
    watch.disconnect();
    void noteUsable();
  });
  watch.observe(document, { childList: true, subtree: true });
}
