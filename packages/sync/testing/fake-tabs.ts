import type { Clock, TabHint, Tabs } from "../src/ports.ts";

/** The tabs of one browser profile: a queued lock and a broadcast channel. */
export interface FakeBrowser {
  openTab(): FakeTab;
}

export interface FakeTab extends Tabs {
  /** The process of the tab is gone: nothing runs any more, the lock passes on. */
  kill(): void;
  /** A frozen tab: what is said meanwhile never reaches it. */
  setDeaf(deaf: boolean): void;
}

interface Waiter {
  readonly tab: FakeTab;
  readonly start: () => Promise<void>;
  readonly abort: () => void;
}

export function createFakeBrowser(clock: Clock): FakeBrowser {
  const listeners = new Map<FakeTab, Set<(hint: TabHint) => void>>();
  let line: Waiter[] = [];
  let holder: Waiter | undefined;

  function grant(): void {
    if (holder !== undefined) return;
    holder = line.shift();
    const granted = holder;
    if (granted === undefined) return;
    const release = () => {
      if (holder !== granted) return;
      holder = undefined;
      grant();
    };
    granted.start().then(release, release);
  }

  return {
    openTab() {
      let dead = false;
      let deaf = false;
      const tab: FakeTab = {
        lead(work) {
          const reign = new AbortController();
          let done: Promise<void> = Promise.resolve();
          const waiter: Waiter = {
            tab,
            start: () => (done = work(reign.signal)),
            abort: () => reign.abort(),
          };
          line.push(waiter);
          clock.after(0, grant);
          return async () => {
            line = line.filter((other) => other !== waiter);
            reign.abort();
            await done;
          };
        },
        challenge: () => undefined,
        send(hint) {
          if (dead) return;
          for (const [other, heard] of listeners) {
            if (other === tab) continue;
            clock.after(1, () => {
              for (const listener of heard) listener(hint);
            });
          }
        },
        listen(listener) {
          const heard = listeners.get(tab) ?? new Set();
          const own = (hint: TabHint) => {
            if (!deaf) listener(hint);
          };
          heard.add(own);
          listeners.set(tab, heard);
          return () => void heard.delete(own);
        },
        setDeaf(next) {
          deaf = next;
        },
        kill() {
          dead = true;
          listeners.delete(tab);
          line = line.filter((other) => other.tab !== tab);
          if (holder?.tab === tab) {
            holder.abort();
            holder = undefined;
            clock.after(1, grant);
          }
        },
      };
      return tab;
    },
  };
}
