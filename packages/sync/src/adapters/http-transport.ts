import { MOST_DEVICE_NAME, type SnapshotLine } from "@safelight/shared";
import { errorOfResponse } from "../core/error-of-response.ts";
import {
  parseChangesPage,
  parsePushResponse,
  parseSnapshotLine,
  parseStreamEvent,
} from "../core/parse-answer.ts";
import type { Clock, Transport } from "../ports.ts";
import { TransportError } from "../transport-error.ts";
import type { putBytes } from "./put-bytes.ts";
import { sseEvents } from "./sse-events.ts";
import { textLines } from "./text-lines.ts";

export interface HttpTransportOptions {
  /** Origin of the studio, without a slash at the end; empty for the page's own. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
  /** What this device is called where its changes are shown; asked for with each push. */
  readonly deviceName?: () => string | undefined;
}

/** Longest wait for the answer to a push or a page of changes. */
const ANSWER_TIMEOUT_MS = 20_000;
/** Longest silence on a stream; the server says something every 15 s. */
const SILENCE_TIMEOUT_MS = 40_000;
/** Above this size the server is asked whether it has the bytes before they are sent, in bytes. */
const ASK_FIRST_BYTES = 256 * 1024;

interface Call {
  readonly signal: AbortSignal;
  /** Longest silence, in milliseconds; `undefined`: no limit. */
  readonly timeoutMs: number | undefined;
  readonly init?: RequestInit;
}

/** The studio over HTTP. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { baseUrl, clock } = options;
  const fetchNow = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  /** One request whose `use` must hear of every sign of life; everything that goes wrong is a `TransportError`. */
  async function* call<T>(
    path: string,
    { signal, timeoutMs, init = {} }: Call,
    use: (response: Response, alive: () => void) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    let cancelTimer: () => void = () => undefined;
    const alive = () => {
      cancelTimer();
      if (timeoutMs !== undefined) cancelTimer = clock.after(timeoutMs, abort);
    };
    alive();
    try {
      const response = await fetchNow(`${baseUrl}${path}`, {
        ...init,
        credentials: "same-origin",
        signal: controller.signal,
      });
      alive();
      if (!response.ok) {
        const text = await response.text();
        throw errorOfResponse(response.status, jsonOf(text), response.headers.get("retry-after"));
      }
      yield* use(response, alive);
    } catch (error) {
      rethrowOffline(error);
    } finally {
      cancelTimer();
      signal.removeEventListener("abort", abort);
      controller.abort();
    }
  }

  async function answer<T>(
    path: string,
    request: Call,
    parse: (value: unknown) => T | undefined,
  ): Promise<T> {
    for await (const text of call(path, request, textOf)) {
      const value = parse(jsonOf(text));
      if (value !== undefined) return value;
    }
    throw new TransportError("server", "The answer is not one of a studio.", { code: "sync.bad-answer" });
  }

  return {
    push: (request, signal) =>
      answer(
        "/api/sync/push",
        {
          signal,
          timeoutMs: ANSWER_TIMEOUT_MS,
          init: {
            method: "POST",
            headers: { "content-type": "application/json", ...deviceHeader(options.deviceName?.()) },
            body: JSON.stringify(request),
          },
        },
        parsePushResponse,
      ),
    changes: (since, limit, signal) =>
      answer(
        `/api/sync/changes?since=${encodeURIComponent(since)}&limit=${limit}`,
        { signal, timeoutMs: ANSWER_TIMEOUT_MS },
        parseChangesPage,
      ),
    snapshot: (before, signal) =>
      call<SnapshotLine>(
        `/api/sync/snapshot${before === undefined ? "" : `?before=${before}`}`,
        { signal, timeoutMs: SILENCE_TIMEOUT_MS },
        async function* lines(response, alive) {
          for await (const text of textLines(bodyOf(response))) {
            alive();
            const line = parseSnapshotLine(jsonOf(text));
            // Half a line at the end is where the connection was cut.
            if (line === undefined) return;
            yield line;
          }
        },
      ),
    events: (since, signal) =>
      call(
        `/api/sync/events?since=${encodeURIComponent(since)}`,
        { signal, timeoutMs: SILENCE_TIMEOUT_MS, init: { headers: { accept: "text/event-stream" } } },
        async function* events(response, alive) {
          for await (const { type, data } of sseEvents(textLines(bodyOf(response)), alive)) {
            const event = parseStreamEvent(type, jsonOf(data));
            if (event !== undefined) yield event;
          }
        },
      ),
    async putBlob(sha256, bytes, signal, onSent) {
      const path = `/api/blobs/${sha256}`;
      if (bytes.size > ASK_FIRST_BYTES && (await has(path, signal))) return;
      const type = bytes.type === "" ? "application/octet-stream" : bytes.type;
      const putBytes = await loadPutBytes();
      if (putBytes !== undefined) {
        const put = { bytes, type, signal, onSent };
        const { status, text, retryAfter } = await putBytes(`${baseUrl}${path}`, put).catch(rethrowOffline);
        if (status < 200 || status > 299) throw errorOfResponse(status, jsonOf(text), retryAfter);
        return;
      }
      const init = { method: "PUT", headers: { "content-type": type }, body: bytes };
      for await (const _ of call(path, { signal, timeoutMs: undefined, init }, textOf)) continue;
    },
  };

  async function has(path: string, signal: AbortSignal): Promise<boolean> {
    try {
      const init = { method: "HEAD" };
      for await (const _ of call(path, { signal, timeoutMs: ANSWER_TIMEOUT_MS, init }, textOf)) continue;
      return true;
    } catch (error) {
      // Whatever it is, sending the bytes will meet it again.
      if (error instanceof TransportError) return false;
      throw error;
    }
  }
}

/** What is no verdict of the server is that it was not reached. */
function rethrowOffline(error: unknown): never {
  if (error instanceof TransportError) throw error;
  throw new TransportError("offline", "The server was not reached.", { cause: error });
}

/** Few tabs upload anything. Without it the bytes go all the same, and nothing tells how far they are. */
async function loadPutBytes(): Promise<typeof putBytes | undefined> {
  if (typeof XMLHttpRequest === "undefined") return undefined;
  try {
    return (await import("./put-bytes.ts")).putBytes;
  } catch {
    // The server is away: whoever sends the bytes meets that too.
    return undefined;
  }
}

/** A header, because a studio that does not know of names passes it over. Percent-encoded UTF-8. */
function deviceHeader(name: string | undefined): Readonly<Record<string, string>> {
  const said = name?.trim().slice(0, MOST_DEVICE_NAME).toWellFormed() ?? "";
  return said === "" ? {} : { "safelight-device": encodeURIComponent(said) };
}

async function* textOf(response: Response): AsyncGenerator<string> {
  yield await response.text();
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  if (response.body === null) throw new TransportError("server", "The answer has no body.");
  return response.body;
}

/** The value of a JSON text; `undefined` for what is none, which the parsers of answers say of. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not an answer of the studio.
    return undefined;
  }
}
