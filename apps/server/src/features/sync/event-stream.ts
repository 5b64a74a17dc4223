import { Readable } from "node:stream";
import { formatCursor, SCHEMA_VERSION } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { changesEventJson } from "./core/change-json.ts";
import { eventFrame, HEARTBEAT_FRAME, RETRY_FRAME } from "./core/event-frame.ts";
import { placeInSequence } from "./core/place-in-sequence.ts";

export interface EventStreamOptions {
  /** The cursor after which the client wants changes; left out, from now on. */
  readonly since?: string | undefined;
  readonly heartbeatMs: number;
  /** A client that takes nothing for this long is dropped. */
  readonly stallMs: number;
}

export interface EventStream {
  readonly readable: Readable;
  /** Ends the stream in good order; its client connects again. */
  readonly end: () => void;
}

type EventSource = Pick<Store, "cursor" | "changesSince" | "subscribe" | "health">;

/** Most changes in one event; a single commit is never cut. */
const CHANGES_PER_EVENT = 200;

/**
 * The studio's changes as server-sent events: `hello` first, then everything after `since` once and in order, or
 * `reset` and everything from now on. A commit only wakes the stream, which then reads on from where it stands: there
 * is no seam between catching up and live, and a slow client costs one event of memory, whatever it misses.
 */
export function openEventStream(store: EventSource, options: EventStreamOptions): EventStream {
  let position = store.cursor().seq;
  let readOnly = isReadOnly(store);
  let wanted = false;
  let ended = false;
  let takenAtMs = performance.now();

  const stream = new Readable({
    read() {
      wanted = true;
      takenAtMs = performance.now();
      sendChanges();
    },
    destroy(error, done) {
      unsubscribe();
      clearInterval(timer);
      done(error);
    },
  });

  const isOpen = () => !ended && !stream.destroyed;

  function send(frame: string): void {
    wanted = stream.push(frame);
  }

  function sendChanges(): void {
    while (wanted && isOpen()) {
      const page = store.changesSince(position, CHANGES_PER_EVENT);
      if (page === undefined) {
        sendReset();
        return;
      }
      if (page.seq === position) return;
      position = page.seq;
      const cursor = { epoch: store.cursor().epoch, seq: position };
      send(eventFrame("changes", changesEventJson(cursor, page.changes), cursor));
    }
  }

  function sendReset(): void {
    const cursor = store.cursor();
    position = cursor.seq;
    send(eventFrame("reset", JSON.stringify({ cursor: formatCursor(cursor) }), cursor));
  }

  function sendHello(): void {
    const hello = { cursor: formatCursor(store.cursor()), schema: SCHEMA_VERSION, readOnly };
    send(eventFrame("hello", JSON.stringify(hello)));
  }

  const unsubscribe = store.subscribe(sendChanges);
  const timer = setInterval(() => {
    if (!wanted && performance.now() - takenAtMs > options.stallMs) {
      stream.destroy();
      return;
    }
    if (!wanted || !isOpen()) return;
    if (readOnly !== isReadOnly(store)) {
      readOnly = !readOnly;
      sendHello();
    } else send(HEARTBEAT_FRAME);
  }, options.heartbeatMs);
  timer.unref();

  send(RETRY_FRAME);
  sendHello();
  const place = options.since === undefined ? undefined : placeInSequence(store.cursor(), options.since);
  if (place?.kind === "from") position = place.seq;
  else if (place !== undefined) sendReset();
  return {
    readable: stream,
    end: () => {
      ended = true;
      stream.push(null);
    },
  };
}

function isReadOnly(store: EventSource): boolean {
  return store.health().state !== "ok";
}
