import type { JsonObject } from "@safelight/shared";
import { blobReferences } from "../core/blob-references.ts";
import type { UploadRow } from "../ports.ts";
import type { Mirror } from "./mirror.ts";

/** What a person decides about changes that the server refused. */
export interface AttentionDesk {
  /** Queues the change again, under a new number, with its bytes; with other fields, where some are given. */
  retry(n: number, fields?: JsonObject): Promise<void>;
  discard(n: number): Promise<void>;
}

export function createAttentionDesk(mirror: Mirror, onQueued: () => void): AttentionDesk {
  return {
    async retry(n, fields) {
      await mirror.commit(["attention", "outbox", "uploads"], async (tables, state) => {
        const item = await tables.attention.get(n);
        if (item === undefined) return undefined;
        const { collection, id, op, was } = item;
        const set = item.set === undefined ? undefined : (fields ?? item.set);
        const mutation = {
          collection,
          id,
          op,
          ...(set === undefined ? {} : { set }),
          ...(set === undefined || was === undefined ? {} : { was: seenBefore(was, set) }),
        };
        const uploads: [string, UploadRow][] = [];
        for (const sha256 of blobReferences(set)) {
          const upload = await tables.uploads.get(sha256);
          if (upload !== undefined) uploads.push([sha256, { sha256, sizeBytes: upload.sizeBytes }]);
        }
        const row = { n: state.nextN, mutation, atMs: Date.parse(item.at), sent: false };
        return {
          state: { nextN: state.nextN + 1 },
          outbox: { put: [[row.n, row]] },
          attention: { drop: [n] },
          uploads: { put: uploads },
        };
      });
      onQueued();
    },
    async discard(n) {
      await mirror.commit(["attention"], async (tables) =>
        (await tables.attention.has(n)) ? { attention: { drop: [n] } } : undefined,
      );
    },
  };
}

/** What the writer saw in the fields that are still set. */
function seenBefore(was: JsonObject, set: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(was).filter(([name]) => Object.hasOwn(set, name)));
}
