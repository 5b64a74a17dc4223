import type { Clock, Tabs } from "../ports.ts";
import { openTabChannel } from "./tab-channel.ts";

export interface LockedTabsOptions {
  readonly name: string;
  readonly locks: Pick<LockManager, "request">;
  readonly clock: Clock;
}

/** A leader that does not answer within this time is frozen or stuck. */
const ANSWER_MS = 800;
const RETRY_MS = 250;

/**
 * Leadership by a queued Web Lock: it passes on by itself when its tab closes, crashes or is thrown out. A tab that is
 * frozen with the lock in its hand loses it to one that asks in vain; two leaders for a moment are harmless, because
 * numbered mutations have one effect and every step is a transaction.
 */
export function createLockedTabs({ name, locks, clock }: LockedTabsOptions): Tabs {
  const channel = openTabChannel(name);
  let leading = false;
  let steal: (() => void) | undefined;
  let cancelChallenge: (() => void) | undefined;
  channel.listen((message) => {
    if (message.type === "ping" && leading) channel.send({ type: "pong" });
    if (message.type !== "pong") return;
    cancelChallenge?.();
    cancelChallenge = undefined;
  });

  function pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(RETRY_MS, resolve);
      signal.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });
  }

  return {
    lead(work) {
      const leave = new AbortController();
      let rounds: Promise<void> = Promise.resolve();

      async function round(stealing: boolean): Promise<void> {
        const reign = new AbortController();
        const stop = () => reign.abort();
        leave.signal.addEventListener("abort", stop);
        try {
          const options = stealing ? { steal: true } : { signal: leave.signal };
          await locks.request(name, options, async () => {
            leading = true;
            if (!leave.signal.aborted) await work(reign.signal);
          });
        } catch {
          // Left the queue, the lock was taken away, or the browser refuses locks: not at once again.
          leading = false;
          reign.abort();
          if (!leave.signal.aborted) await pause(leave.signal);
        } finally {
          leading = false;
          reign.abort();
          leave.signal.removeEventListener("abort", stop);
        }
        // Who lost the lock waits in line again.
        if (!leave.signal.aborted) await round(false);
      }

      let waiting = round(false);
      rounds = waiting;
      steal = () => {
        if (leading || leave.signal.aborted) return;
        waiting = round(true);
        rounds = Promise.all([rounds, waiting]).then(() => undefined);
      };
      return async () => {
        leave.abort();
        cancelChallenge?.();
        await rounds;
        channel.close();
      };
    },
    challenge() {
      if (leading || cancelChallenge !== undefined) return;
      channel.send({ type: "ping" });
      cancelChallenge = clock.after(ANSWER_MS, () => {
        cancelChallenge = undefined;
        steal?.();
      });
    },
    send: (hint) => channel.send({ type: "hint", hint }),
    listen: (listener) =>
      channel.listen((message) => {
        if (message.type === "hint") listener(message.hint);
      }),
  };
}
