import type { TabHint } from "../ports.ts";

/** Signs of life between tabs, beside the hints. `from` is a tab's own random name. */
export type TabMessage =
  | { readonly type: "hint"; readonly hint: TabHint }
  | { readonly type: "ping" }
  | { readonly type: "pong" };

export interface TabChannel {
  send(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): () => void;
  close(): void;
}

/** Messages to the other tabs of the same origin; alone, where the browser has no BroadcastChannel. */
export function openTabChannel(name: string): TabChannel {
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(name);
  const listeners = new Set<(message: TabMessage) => void>();
  if (channel !== undefined) {
    channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (!isTabMessage(data)) return;
      for (const listener of listeners) listener(data);
    });
  }
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin alone
    send: (message) => channel?.postMessage(message),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      listeners.clear();
      channel?.close();
    },
  };
}

/** An older or newer bundle may be in the other tab: what is not understood is passed over. */
function isTabMessage(data: unknown): data is TabMessage {
  if (typeof data !== "object" || data === null || !("type" in data)) return false;
  if (data.type === "ping" || data.type === "pong") return true;
  return data.type === "hint" && "hint" in data && isTabHint(data.hint);
}

function isTabHint(hint: unknown): hint is TabHint {
  if (typeof hint !== "object" || hint === null || !("type" in hint)) return false;
  if (hint.type === "ask" || hint.type === "nudge" || hint.type === "writing") return true;
  if (hint.type === "link") return "link" in hint && typeof hint.link === "string";
  if (hint.type === "sending") {
    return "sha256" in hint && "sentBytes" in hint && typeof hint.sentBytes === "number";
  }
  return (
    hint.type === "changed" &&
    "version" in hint &&
    typeof hint.version === "number" &&
    "base" in hint &&
    Array.isArray(hint.base) &&
    "gone" in hint &&
    Array.isArray(hint.gone) &&
    "packs" in hint &&
    Array.isArray(hint.packs) &&
    "rows" in hint &&
    Array.isArray(hint.rows)
  );
}
