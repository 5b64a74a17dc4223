import type { Link, SyncStatus } from "@safelight/sync";

export type Tone = "ok" | "info" | "warn" | "bad" | "accent" | "faint";

/** The save status as people read it; the dot repeats it in colour, never alone. */
export interface StatusWords {
  readonly words: string;
  readonly short: string;
  readonly tone: Tone;
  /** What it means and what can be done, in a sentence or two. */
  readonly detail: string;
}

/** Puts a sync status into words. `clock` shows an ISO instant as a time of day. */
export function statusWords(
  status: SyncStatus,
  clock: (iso: string) => string,
  link: Link = "online",
): StatusWords {
  switch (status.state) {
    case "saved": {
      const words = status.at === undefined ? "Saved" : `Saved ${clock(status.at)}`;
      const saved = "Everything is on this device and on the server's disk.";
      if (link === "online" || link === "connecting")
        return { words, short: "Saved", tone: "ok", detail: saved };
      return {
        words: `${words} · ${AWAY[link].words}`,
        short: AWAY[link].short,
        tone: "info",
        detail: AWAY[link].detail,
      };
    }
    case "saving":
      return {
        words: "Saving…",
        short: "Saving…",
        tone: "accent",
        detail: `${changes(status.waiting)} on the way to the server. It is on this device already.`,
      };
    case "on-device":
      return {
        words: `Saved on this device${status.waiting === 0 ? "" : ` · ${status.waiting} waiting`}`,
        short: status.waiting === 0 ? "On device" : `${status.waiting} waiting`,
        tone: "info",
        detail: REASONS[status.reason],
      };
    case "not-saved":
      return { words: "Not saved", short: "Not saved", tone: "bad", detail: status.reason };
    case "needs-attention":
      return {
        words: "Needs attention",
        short: "Attention",
        tone: "warn",
        detail: `The server refused ${changes(status.count)}. Nothing is lost: decide what becomes of each.`,
      };
  }
}

/** Nothing waits, and nothing arrives either. */
const AWAY = {
  offline: {
    words: "offline",
    short: "Offline",
    detail:
      "Everything of this device is saved. The server cannot be reached: what others change comes later.",
  },
  server: {
    words: "server away",
    short: "Offline",
    detail:
      "Everything of this device is saved. The server does not answer at the moment: what others change comes later.",
  },
  "signed-out": {
    words: "signed out",
    short: "Signed out",
    detail:
      "This page was opened from this device's own copy, and the session has ended. Sign in to see what others change; what you do meanwhile is kept here.",
  },
  "read-only": {
    words: "server takes no writes",
    short: "Read-only",
    detail: "The server's disk takes no writes at the moment. What you do is kept here until it does.",
  },
  outdated: {
    words: "reload needed",
    short: "Reload",
    detail: "The server is newer than this page. Reload it; what you do meanwhile is kept here.",
  },
} as const;

const REASONS = {
  offline:
    "The server cannot be reached from here, or this device is offline. What waits is kept here and goes to the server by itself later.",
  server:
    "The server has a fault at the moment. What waits is kept here and goes there by itself when it is back.",
  "signed-out": "The session has ended. Sign in again; what waits is kept here.",
  outdated:
    "The server is newer than this page. Reload the page; what waits is kept here and goes there then.",
  "read-only": "The server's disk takes no writes at the moment. What waits is kept here until it does.",
} as const;

function changes(count: number): string {
  return count === 1 ? "1 change" : `${count} changes`;
}
