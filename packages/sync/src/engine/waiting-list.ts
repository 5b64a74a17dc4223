import { isoTime } from "../core/fold-rows.ts";
import type { OutboxRow } from "../core/outbox-row.ts";
import type { Waiting, WaitingMutation } from "../sync-client.ts";
import type { Sending } from "../ports.ts";
import type { Mirror } from "./mirror.ts";
import { isProvisional } from "./provisional-n.ts";

/** What is on this device alone, as one object for as long as it stays the same. */
export function createWaitingList(
  mirror: Pick<Mirror, "view" | "uploads">,
  sending: () => Sending | undefined,
): () => Waiting {
  let seen: readonly unknown[] = [];
  let list: Waiting = { mutations: [], blobs: [] };
  return () => {
    const now = [mirror.view.rowsVersion(), mirror.uploads(), sending()];
    if (now.some((part, index) => part !== seen[index])) {
      const { sha256, sentBytes = 0 } = sending() ?? {};
      const blobs = [...mirror.uploads().values()].map((upload) =>
        upload.sha256 === sha256 && sentBytes > 0 ? { ...upload, sentBytes } : upload,
      );
      list = { mutations: mirror.view.rows().map(waitingMutation), blobs };
      seen = now;
    }
    return list;
  };
}

function waitingMutation({ n, mutation, atMs, sent, acked }: OutboxRow): WaitingMutation {
  const { collection, id, op, set = {} } = mutation;
  const stage = acked !== undefined ? "acknowledged" : sent ? "sent" : isProvisional(n) ? "memory" : "disk";
  return { n, collection, id, op, fields: Object.keys(set), since: isoTime(atMs), stage };
}
