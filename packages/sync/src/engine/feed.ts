import { epochOf, formatCursor, parseCursor, SCHEMA_VERSION } from "@safelight/shared";
import { TransportError } from "../transport-error.ts";
import { applyFeed, dropCaughtUp } from "./apply-feed.ts";
import type { LeaderContext } from "./leader.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** Records per page of changes. */
const PAGE_LIMIT = 1000;

/**
 * Brings the base to the server's state and keeps it there: a snapshot if need be, the changes since, then the event
 * stream until it ends. Resolves with how long to wait before starting again.
 */
export async function runFeed(
  context: LeaderContext,
  setBreaker: (breakStream: () => void) => void,
): Promise<number | undefined> {
  const { mirror, links, signal, random } = context;
  let pullAgain = false;
  const stream = new AbortController();
  const stop = () => stream.abort();
  signal.addEventListener("abort", stop);
  setBreaker(() => {
    pullAgain = true;
    stream.abort();
  });
  try {
    if (mirror.state().cursor === undefined || mirror.state().snapshot !== undefined) {
      await takeSnapshot(context);
    }
    if (!(await pull(context))) {
      await takeSnapshot(context, { anew: true });
      return 0;
    }
    links.report("feed", undefined);
    if (!pullAgain && (await follow(context, stream.signal))) await takeSnapshot(context, { anew: true });
  } catch (error) {
    if (!pullAgain || signal.aborted || !stream.signal.aborted) throw error;
    // The stream was broken off to pull at once.
  } finally {
    signal.removeEventListener("abort", stop);
    setBreaker(() => undefined);
  }
  // A stream that ended by itself means a server that stopped: everybody comes back, so not all at once.
  return pullAgain ? 0 : 250 + 500 * random();
}

/** Pages of changes until there are no more; `false`: they do not reach back that far. */
async function pull(context: LeaderContext): Promise<boolean> {
  const { mirror, transport, signal } = context;
  for (;;) {
    const since = mirror.state().cursor;
    if (since === undefined) return false;
    try {
      const page = await transport.changes(since, PAGE_LIMIT, signal);
      const joins = await context.pushGate(() => applyFeed(context, since, page.cursor, page.changes));
      if (joins && page.more) continue;
    } catch (error) {
      if (error instanceof TransportError && error.kind === "snapshot-needed") return false;
      throw error;
    }
    await dropCaughtUp(mirror);
    return true;
  }
}

/** Applies what the event stream brings until it ends, or does not join the base; `true`: a snapshot is needed. */
async function follow(context: LeaderContext, signal: AbortSignal): Promise<boolean> {
  const { mirror, transport, links, outdated } = context;
  const since = mirror.state().cursor;
  if (since === undefined) return true;
  // Another leader has begun one: this one goes on with it.
  if (mirror.state().snapshot !== undefined) return false;
  let reached = since;
  for await (const event of transport.events(since, signal)) {
    switch (event.type) {
      case "hello": {
        const epoch = epochOf(event.data.cursor);
        if (epoch !== undefined && epoch !== epochOf(since)) return true;
        outdated.is = event.data.schema !== SCHEMA_VERSION;
        if (outdated.is) links.report("push", event.data.schema > SCHEMA_VERSION ? "outdated" : "server");
        else if (event.data.readOnly) links.report("push", "read-only");
        else if (links.link() === "outdated" || links.link() === "read-only") links.report("push", undefined);
        context.pushAlarm.ring();
        break;
      }
      case "changes": {
        const { cursor, changes } = event.data;
        const from = reached;
        if (!(await context.pushGate(() => applyFeed(context, from, cursor, changes)))) return false;
        reached = laterOf(reached, cursor);
        break;
      }
      case "reset":
        return true;
    }
  }
  return false;
}

function laterOf(left: string, right: string): string {
  const a = parseCursor(left);
  const b = parseCursor(right);
  if (a === undefined || b === undefined) return right;
  return formatCursor(b.seq > a.seq || b.epoch !== a.epoch ? b : a);
}
