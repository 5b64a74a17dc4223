import { formatCursor, SCHEMA_VERSION } from "@safelight/shared";
import type { Clock, StreamEvent, Transport } from "../src/ports.ts";
import { TransportError } from "../src/transport-error.ts";
import type { FakeStudio } from "./fake-studio.ts";

/** What may happen to one request. `lose-answer`: the server did it, the client does not learn of it. */
export type Fault =
  | "none"
  | "lose-request"
  | "lose-answer"
  | "unavailable"
  | "signed-out"
  | "bad-answer"
  | "twice";

export interface NetworkOptions {
  readonly studio: FakeStudio;
  readonly clock: Clock;
  /** Asked for each request. */
  readonly fault?: (what: "push" | "changes" | "snapshot" | "events" | "blob") => Fault;
  /** One way, in milliseconds. */
  readonly delayMs?: () => number;
  /** Most records in a page of changes, whatever is asked for. */
  readonly pageLimit?: number;
  /** Runs before each page of changes and each line of a snapshot: what others do meanwhile. */
  readonly meanwhile?: () => Promise<void> | void;
  /** After how many lines a snapshot is cut off. */
  readonly cutSnapshot?: () => number | undefined;
}

export interface FakeNetwork extends Transport {
  /** No request gets through while down, and open streams end. */
  setDown(down: boolean): void;
  readonly pushes: number[][];
  setHello(hello: { readonly schema?: number; readonly readOnly?: boolean }): void;
}

/** A client's way to a fake studio, with delays and faults. */
export function createFakeTransport(options: NetworkOptions): FakeNetwork {
  const { studio, clock, fault = () => "none", delayMs = () => 5, cutSnapshot = () => undefined } = options;
  const { pageLimit = Infinity, meanwhile } = options;
  let down = false;
  let hello = { schema: SCHEMA_VERSION, readOnly: false };
  const streams = new Set<() => void>();
  const pushes: number[][] = [];

  function travel(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const lost = () => reject(new TransportError("offline", "aborted"));
      signal.addEventListener("abort", lost, { once: true });
      clock.after(delayMs(), () => {
        signal.removeEventListener("abort", lost);
        if (down) reject(new TransportError("offline", "down"));
        else resolve();
      });
    });
  }

  async function request<T>(
    what: Parameters<NonNullable<NetworkOptions["fault"]>>[0],
    signal: AbortSignal,
    serve: () => T,
  ): Promise<T> {
    const happens = fault(what);
    await travel(signal);
    if (happens === "lose-request") throw new TransportError("offline", "lost");
    if (happens === "unavailable") throw new TransportError("server", "503");
    if (happens === "signed-out") throw new TransportError("signed-out", "401");
    const answer = serve();
    if (happens === "twice") serve();
    await travel(signal);
    if (happens === "lose-answer") throw new TransportError("offline", "answer lost");
    if (happens === "bad-answer") throw new TransportError("server", "not JSON");
    return answer;
  }

  async function* events(since: string, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    await request("events", signal, () => undefined);
    let reached = since;
    let wake: () => void = () => undefined;
    const ended = new AbortController();
    const close = () => {
      ended.abort();
      wake();
    };
    const unsubscribe = studio.subscribe(() => wake());
    signal.addEventListener("abort", close);
    streams.add(close);
    try {
      yield { type: "hello", data: { cursor: formatCursor(studio.cursor()), ...hello } };
      while (!ended.signal.aborted) {
        const page = pageOf(reached);
        if (page === undefined) {
          yield { type: "reset", data: { cursor: formatCursor(studio.cursor()) } };
          return;
        }
        if (page.cursor !== reached) {
          await travel(signal);
          reached = page.cursor;
          yield { type: "changes", data: { cursor: page.cursor, changes: page.changes } };
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      unsubscribe();
      streams.delete(close);
      signal.removeEventListener("abort", close);
    }
  }

  function pageOf(since: string) {
    try {
      return studio.changes(since, Math.min(100, pageLimit));
    } catch {
      // The studio was restored or forgot: the stream says `reset`.
      return undefined;
    }
  }

  return {
    pushes,
    push(body, signal) {
      pushes.push(body.mutations.map(({ n }) => n));
      return request("push", signal, () => studio.push(body));
    },
    async changes(since, limit, signal) {
      await meanwhile?.();
      return request("changes", signal, () => studio.changes(since, Math.min(limit, pageLimit)));
    },
    async *snapshot(before, signal) {
      const lines = await request("snapshot", signal, () => studio.snapshot(before));
      for (const line of lines.slice(0, cutSnapshot() ?? lines.length)) {
        await meanwhile?.();
        yield line;
      }
    },
    events,
    async putBlob(sha256, bytes, signal, onSent) {
      onSent(Math.ceil(bytes.size / 2));
      await request("blob", signal, () => studio.putBlob(sha256, bytes));
    },
    setDown(next) {
      down = next;
      if (down) for (const close of streams) close();
    },
    setHello(next) {
      hello = { ...hello, ...next };
      for (const close of streams) close();
    },
  };
}
