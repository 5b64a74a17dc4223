import { type PromptMessage, readPromptMessage } from "./follow-progress.ts";

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** Longest time that anything waits for a connection: progress is a courtesy. */
const READY_MS = 500;

export interface ProgressSocketOptions {
  readonly url: () => string;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly onMessage: (message: PromptMessage) => void;
}

/** A socket that tells progress. It may be gone at any time: polling finds everything without it. */
export interface ProgressSocket {
  /** Connects, and again after each break, until `close`. */
  open(): void;
  /** Resolves when it is connected, or when that takes too long to be waited for. Never rejects. */
  ready(): Promise<void>;
  close(): void;
}

export function createProgressSocket({ url, headers, onMessage }: ProgressSocketOptions): ProgressSocket {
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let breaks = 0;
  let isWanted = false;

  function connect(): void {
    timer = undefined;
    if (!isWanted || socket !== undefined) return;
    const opened = openSocket();
    if (opened === undefined) return;
    socket = opened;
    opened.binaryType = "arraybuffer";
    opened.addEventListener("open", () => void (breaks = 0));
    opened.addEventListener("message", (event) => {
      const data: unknown = event.data;
      // Binary messages are previews, which nobody has asked for.
      const message = typeof data === "string" ? readPromptMessage(data) : undefined;
      if (message !== undefined) onMessage(message);
    });
    // An error is followed by a close.
    opened.addEventListener("error", () => undefined);
    opened.addEventListener("close", () => {
      if (socket !== opened) return;
      socket = undefined;
      scheduleAgain();
    });
  }

  function openSocket(): WebSocket | undefined {
    try {
      return new WebSocket(url(), { headers: headers() });
    } catch {
      // An address that is none: the calls over HTTP say so.
      scheduleAgain();
      return undefined;
    }
  }

  function scheduleAgain(): void {
    if (!isWanted) return;
    const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** breaks);
    breaks += 1;
    timer ??= setTimeout(connect, pauseMs).unref();
  }

  return {
    open() {
      isWanted = true;
      if (timer === undefined) connect();
    },
    async ready() {
      const opening = socket;
      if (opening?.readyState !== WebSocket.CONNECTING) return;
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(resolve, READY_MS);
        for (const event of ["open", "close"]) {
          opening.addEventListener(event, () => {
            clearTimeout(timeout);
            resolve();
          });
        }
      });
    },
    close() {
      isWanted = false;
      clearTimeout(timer);
      timer = undefined;
      const open = socket;
      socket = undefined;
      open?.close();
    },
  };
}
