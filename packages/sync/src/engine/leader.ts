import type { Clock, Link, Sending, Transport } from "../ports.ts";
import { backoffMs } from "../core/backoff.ts";
import { TransportError } from "../transport-error.ts";
import { type Alarm, createAlarm } from "./alarm.ts";
import { runFeed } from "./feed.ts";
import type { LinkBoard } from "./link-board.ts";
import type { Mirror } from "./mirror.ts";
import { createPushStep } from "./push-step.ts";
import { createSerialQueue, type SerialQueue } from "./serial-queue.ts";
import type { UpkeepPolicy } from "./keep-house.ts";
import { createUploadStep } from "./upload-step.ts";

/** What the leader's tasks share while they run. */
export interface LeaderContext {
  readonly mirror: Mirror;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly links: LinkBoard;
  readonly signal: AbortSignal;
  /**
   * Held by a push from freezing to settling: changes that answer it wait, so that nothing on screen flickers, and no
   * row is renumbered while it is on its way.
   */
  readonly pushGate: SerialQueue;
  readonly pushAlarm: Alarm;
  readonly uploadAlarm: Alarm;
  /** Asks for the changes now: an acknowledgement is ahead of the base, or the network may be back. */
  readonly requestPull: () => void;
  /** The disk failed a task; the next write that works clears it. */
  readonly onTrouble: (error: unknown) => void;
  readonly upkeep: UpkeepPolicy;
  /** How far the upload under way is. */
  readonly onSent: (sending: Sending) => void;
  /** The server speaks another version: nothing is pushed. */
  readonly outdated: { is: boolean };
}

/** The tab that talks to the server. */
export interface Leader {
  /** Runs until the signal aborts. */
  lead(signal: AbortSignal): Promise<void>;
  /** There may be something to push or upload. */
  wake(): void;
  /** Tries the network at once, whatever was being waited for. */
  nudge(): void;
}

export type LeaderShared = Pick<
  LeaderContext,
  "mirror" | "transport" | "clock" | "random" | "links" | "upkeep" | "onTrouble" | "onSent"
>;

export function createLeader(shared: LeaderShared): Leader {
  const { clock } = shared;
  const pushAlarm = createAlarm(clock);
  const uploadAlarm = createAlarm(clock);
  const patience = [createAlarm(clock), createAlarm(clock), createAlarm(clock)] as const;
  let breakStream: () => void = () => undefined;
  let nudgedAtMs = Number.NEGATIVE_INFINITY;

  return {
    async lead(signal) {
      const context: LeaderContext = {
        ...shared,
        signal,
        pushGate: createSerialQueue(),
        pushAlarm,
        uploadAlarm,
        requestPull: () => breakStream(),
        outdated: { is: false },
      };
      await Promise.all([
        repeat(context, "push", patience[0], pushAlarm, createPushStep(context)),
        repeat(context, "upload", patience[1], uploadAlarm, createUploadStep(context)),
        repeat(context, "feed", patience[2], undefined, () =>
          runFeed(context, (breaker) => {
            breakStream = breaker;
          }),
        ),
        keepHouseNowAndThen(context),
      ]);
    },
    wake() {
      pushAlarm.ring();
      uploadAlarm.ring();
    },
    nudge() {
      for (const alarm of patience) alarm.ring();
      pushAlarm.ring();
      uploadAlarm.ring();
      // A stream that works is not broken off at every focus.
      const sinceMs = Math.abs(clock.now() - nudgedAtMs);
      if (shared.links.link() === "online" && sinceMs < NUDGE_PAUSE_MS) return;
      nudgedAtMs = clock.now();
      breakStream();
    },
  };
}

/** While all is well, the changes are asked for at most this often by nudges. */
const NUDGE_PAUSE_MS = 5000;

/**
 * Repeats a step for as long as this tab leads. A step answers how long to sleep (`undefined`: until there is work). A
 * failed one is tried again after a growing, jittered delay, which only a nudge cuts short.
 */
async function repeat(
  context: LeaderContext,
  task: "push" | "upload" | "feed",
  patience: Alarm,
  alarm: Alarm | undefined,
  step: () => Promise<number | undefined>,
): Promise<void> {
  const { signal, links, random } = context;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const sleepMs = await step();
      failures = 0;
      if (signal.aborted) return;
      if (sleepMs !== 0) await (alarm ?? patience).wait(sleepMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (error instanceof TransportError) links.report(task, linkOf(error));
      else context.onTrouble(error);
      const wishMs = error instanceof TransportError ? error.retryAfterMs : undefined;
      await patience.wait(backoffMs(failures, random(), wishMs), signal);
    }
  }
}

async function keepHouseNowAndThen(context: LeaderContext): Promise<void> {
  const { clock, signal, upkeep } = context;
  const alarm = createAlarm(clock);
  for (;;) {
    await alarm.wait(upkeep.everyMs, signal);
    if (signal.aborted) return;
    try {
      const { keepHouse } = await import("./keep-house.ts");
      await keepHouse(context);
    } catch {
      // It can wait: nothing that is kept depends on it.
    }
  }
}

function linkOf(error: TransportError): Link {
  return error.kind === "snapshot-needed" || error.kind === "refused" ? "server" : error.kind;
}
