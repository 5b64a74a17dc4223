import type { Clock, Tabs } from "../ports.ts";
import type { Leader } from "./leader.ts";
import type { LinkBoard } from "./link-board.ts";
import type { StorageHealth } from "./storage-health.ts";

/** This tab's turns at leading. */
export interface Reign {
  /** Runs while this tab leads. */
  readonly lead: (signal: AbortSignal) => Promise<void>;
  readonly isLeading: () => boolean;
  /** Gives the lead away for good when a newer bundle has the database; answers whether it has. */
  retire(): boolean;
}

export interface ReignOptions {
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly links: LinkBoard;
  readonly leader: Leader;
  readonly health: StorageHealth;
  /** Looks whether the disk is ahead of this tab. */
  readonly catchUp: () => void;
  readonly onRetired: () => void;
}

/** How often the leader looks whether the disk is ahead of it. */
const LOOK_EVERY_MS = 5000;
/** How long a tab of an older bundle leaves the lead to others. */
const RETIRED_PAUSE_MS = 1000;

export function createReign(options: ReignOptions): Reign {
  const { tabs, clock, links, leader, health, catchUp, onRetired } = options;
  let leads = false;
  let reigns = 0;
  let resign: () => void = () => undefined;
  let cancelLook: (() => void) | undefined;

  /** A newer bundle has the database: this tab goes on keeping what is written in it, and leaves the lead to that one. */
  function retire(): boolean {
    if (!health.isOutdated()) return false;
    resign();
    onRetired();
    return true;
  }

  /** A tab that is killed between its write and its word to the others leaves a row that only the disk knows of. */
  function lookOut(): void {
    catchUp();
    retire();
    cancelLook = clock.after(LOOK_EVERY_MS, lookOut);
  }

  return {
    isLeading: () => leads,
    retire,
    async lead(signal) {
      if (health.isOutdated()) {
        // In line again for the case that no newer tab is left, but not at once.
        await new Promise<void>((resolve) => void clock.after(RETIRED_PAUSE_MS, resolve));
        return;
      }
      const reign = new AbortController();
      resign = () => reign.abort();
      signal.addEventListener("abort", resign);
      if (signal.aborted) resign();
      reigns += 1;
      leads = true;
      tabs.send({ type: "link", link: links.link() });
      cancelLook?.();
      lookOut();
      try {
        await leader.lead(reign.signal);
      } finally {
        // One that lost the lead while it was frozen may end after it has got it again.
        reigns -= 1;
        leads = reigns > 0;
        if (!leads) cancelLook?.();
        tabs.send({ type: "ask" });
        catchUp();
      }
    },
  };
}
