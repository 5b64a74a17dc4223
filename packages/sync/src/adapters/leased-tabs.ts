import type { Clock, Tabs } from "../ports.ts";
import { openTabChannel } from "./tab-channel.ts";

export interface LeasedTabsOptions {
  readonly name: string;
  /** Random, one per tab. */
  readonly tabId: string;
  readonly storage: Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;
  readonly clock: Clock;
}

const LEASE_MS = 2000;
const RENEW_MS = 600;

/**
 * Leadership by a lease in localStorage, for pages on plain HTTP, where browsers offer no Web Locks. Two tabs may both
 * lead for a moment; that is harmless, see `createLockedTabs`. A lease that a jumped clock put far ahead is not one.
 */
export function createLeasedTabs({ name, tabId, storage, clock }: LeasedTabsOptions): Tabs {
  const channel = openTabChannel(name);
  const key = `${name}:lease`;
  let check: () => void = () => undefined;

  function isFree(): boolean {
    const [holder, untilText] = (storage.getItem(key) ?? "").split(" ");
    const leftMs = Number(untilText) - clock.now();
    return holder === tabId || !(leftMs > 0 && leftMs <= LEASE_MS);
  }

  return {
    lead(work) {
      let reign: AbortController | undefined;
      let working: Promise<void> = Promise.resolve();
      let cancel: () => void = () => undefined;
      let left = false;

      function look(): void {
        cancel();
        if (left) return;
        if (isFree()) {
          storage.setItem(key, `${tabId} ${clock.now() + LEASE_MS}`);
          if (reign === undefined) {
            const mine = new AbortController();
            reign = mine;
            working = working.then(() => work(mine.signal));
          }
        } else {
          reign?.abort();
          reign = undefined;
        }
        cancel = clock.after(RENEW_MS, look);
      }

      check = look;
      look();
      return async () => {
        left = true;
        cancel();
        reign?.abort();
        if (reign !== undefined && isFree()) storage.removeItem(key);
        await working;
        channel.close();
      };
    },
    challenge: () => check(),
    send: (hint) => channel.send({ type: "hint", hint }),
    listen: (listener) =>
      channel.listen((message) => {
        if (message.type === "hint") listener(message.hint);
      }),
  };
}
