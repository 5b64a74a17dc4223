import { blobReferences } from "../core/blob-references.ts";
import type { UploadRow } from "../ports.ts";
import type { Mirror } from "./mirror.ts";

/** What a person decides about changes that the server refused. */
export interface AttentionDesk {
  /** Queues the change again, under a new number, with its bytes. */
  retry(n: number): Promise<void>;
  discard(n: number): Promise<void>;
}

export function createAttentionDesk(mirror: Mirror, onQueued: () => void): AttentionDesk {
  return {
    async retry(n) {
      await mirror.commit(["attention", "outbox", "uploads"], async (tables, state) => {
        const item = await tables.attention.get(n);
        if (item === undefined) return undefined;
        const { collection, id, op, set, was } = item;
        const mutation = {
          collection,
          id,
          op,
          ...(set === undefined ? {} : { set }),
          ...(was === undefined ? {} : { was }),
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
