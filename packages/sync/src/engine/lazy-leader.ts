import type { Clock, Transport } from "../ports.ts";
import { createAlarm } from "./alarm.ts";
import type { LateLoads } from "./late-loads.ts";
import type { Leader, LeaderShared } from "./leader.ts";
import type { LinkBoard } from "./link-board.ts";

export interface LazyLeaderOptions extends Omit<LeaderShared, "transport"> {
  readonly clock: Clock;
  readonly links: LinkBoard;
  readonly transport: Transport | (() => Promise<Transport>);
  readonly load: LateLoads["leader"];
}

/** How long until a part that could not be loaded is asked for again, in milliseconds. */
const LOAD_AGAIN_MS = 3000;

/**
 * The part that talks to the server, loaded when this tab leads for the first time: the first paint does not wait for
 * it, and the other tabs do without.
 */
export function createLazyLeader(options: LazyLeaderOptions): Leader {
  const { load, transport, ...shared } = options;
  const patience = createAlarm(shared.clock);
  let leader: Leader | undefined;

  async function loaded(signal: AbortSignal): Promise<Leader | undefined> {
    while (!signal.aborted) {
      try {
        const [{ createLeader }, line] = await Promise.all([
          load(),
          typeof transport === "function" ? transport() : transport,
        ]);
        leader ??= createLeader({ ...shared, transport: line });
        return leader;
      } catch {
        // The page's own server does not answer: as far as sync goes, that is being offline.
        shared.links.report("feed", "offline");
        await patience.wait(LOAD_AGAIN_MS, signal);
      }
    }
    return undefined;
  }

  return {
    async lead(signal) {
      const here = leader ?? (await loaded(signal));
      await here?.lead(signal);
    },
    wake: () => leader?.wake(),
    nudge() {
      patience.ring();
      leader?.nudge();
    },
  };
}
