import type { Clock, TabHint, Tabs } from "../src/ports.ts";

/** The tabs of one browser profile: a queued lock and a broadcast channel. */
export interface FakeBrowser {
  openTab(): FakeTab;
}

export interface FakeTab extends Tabs {
  /** The process of the tab is gone: nothing runs any more, the lock passes on. */
  kill(): void;
  /** What is said meanwhile never reaches it. */
  setDeaf(deaf: boolean): void;
  /** A frozen tab hears nothing and gives no sign of life. */
  setFrozen(frozen: boolean): void;
}

interface Waiter {
  readonly tab: FakeTab;
  readonly isFrozen: () => boolean;
  readonly start: () => Promise<void>;
  readonly abort: () => void;
}

/** A leader that gives no sign of life for this long loses the lead, in milliseconds. */
const ANSWER_MS = 800;

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

  /** Takes the lead from a frozen tab, which waits in line again. */
  function steal(tab: FakeTab): void {
    const waiter = line.find((other) => other.tab === tab);
    if (holder === undefined || waiter === undefined || !holder.isFrozen()) return;
    const loser = holder;
    line = [waiter, ...line.filter((other) => other !== waiter), loser];
    holder = undefined;
    loser.abort();
    grant();
  }

  return {
    openTab() {
      let dead = false;
      let deaf = false;
      let frozen = false;
      const tab: FakeTab = {
        lead(work) {
          let reign = new AbortController();
          let done: Promise<void> = Promise.resolve();
          const waiter: Waiter = {
            tab,
            isFrozen: () => frozen,
            start() {
              reign = new AbortController();
              done = work(reign.signal);
              return done;
            },
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
        challenge() {
          if (!dead && holder !== undefined && holder.tab !== tab && holder.isFrozen()) {
            clock.after(ANSWER_MS, () => (dead || frozen ? undefined : steal(tab)));
          }
        },
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
            if (!deaf && !frozen) listener(hint);
          };
          heard.add(own);
          listeners.set(tab, heard);
          return () => void heard.delete(own);
        },
        setDeaf(next) {
          deaf = next;
        },
        setFrozen(next) {
          frozen = next;
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
