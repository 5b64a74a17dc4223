import { createBrowserSyncClient, type SyncClient } from "@safelight/sync";
import { v7 as newUuid } from "uuid";
import { rawTransactions, writesOf, type WriteTimes } from "./page-writes.ts";

/** What the page notes of its own start, in milliseconds since its script began. */
interface StartTimes {
  /** The view could be read, and a page of it was painted. */
  painted: number;
  /** A record was there. */
  usable: number;
  /** All of them were. */
  whole: number;
  /** The change that the address names was there. */
  caughtUp: number;
}

declare global {
  interface Window {
    bench: {
      readonly sync: SyncClient;
      readonly times: StartTimes;
      /** Milliseconds since the script began. */
      elapsed(): number;
      writes(count: number): Promise<WriteTimes>;
      rawTransactions(count: number): Promise<number[]>;
    };
  }
}

const startedAtMs = performance.now();
const elapsed = () => performance.now() - startedAtMs;
const asked = new URLSearchParams(location.search);
const expected = Number(asked.get("records"));
const lastChanged = asked.get("changed") ?? "";
const times: StartTimes = {
  painted: Number.NaN,
  usable: Number.NaN,
  whole: Number.NaN,
  caughtUp: Number.NaN,
};

const sync = await createBrowserSyncClient({ baseUrl: "", newUuid });
sync.subscribe(note);
await sync.open();
note();
paint();
requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.addEventListener("message", () => {
    times.painted = elapsed();
  });
  channel.port1.start();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin alone
  channel.port2.postMessage(0);
});
window.bench = { sync, times, elapsed, writes: (count) => writesOf(sync, count), rawTransactions };

function note(): void {
  const { length } = sync.list("contents");
  if (length > 0 && Number.isNaN(times.usable)) times.usable = elapsed();
  const changed = sync.get("contents", lastChanged);
  if (changed?.title !== undefined && Number.isNaN(times.caughtUp)) times.caughtUp = elapsed();
  if (length >= expected && Number.isNaN(times.whole)) times.whole = elapsed();
}

/** A page of the newest records, as a room shows them. */
function paint(): void {
  document.body.replaceChildren(
    ...sync
      .list("contents")
      .slice(0, 50)
      .map(({ prompt }) => {
        const item = document.createElement("p");
        item.textContent = prompt ?? "";
        return item;
      }),
  );
}
