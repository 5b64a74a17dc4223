import { close, fdatasync, openSync, write } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

/** What the disk alone allows: lines appended in batches, each batch synced. */
export interface AppendPeer {
  append(line: Buffer): Promise<void>;
  close(): Promise<void>;
}

export function openAppendPeer(folder: string): AppendPeer {
  const fd = openSync(path.join(folder, "peer.log"), "a");
  let waiting: { readonly line: Buffer; readonly resolve: () => void }[] = [];
  let draining = false;

  function drain(): void {
    const batch = waiting;
    if (batch.length === 0) {
      draining = false;
      return;
    }
    waiting = [];
    const bytes = Buffer.concat(batch.map(({ line }) => line));
    write(fd, bytes, 0, bytes.length, null, (writeError) => {
      fdatasync(fd, (syncError) => {
        if (writeError !== null || syncError !== null) throw writeError ?? syncError;
        for (const { resolve } of batch) resolve();
        queueMicrotask(drain);
      });
    });
  }

  return {
    append(line) {
      return new Promise((resolve) => {
        waiting.push({ line, resolve });
        if (draining) return;
        draining = true;
        queueMicrotask(drain);
      });
    },
    close: () => promisify(close)(fd),
  };
}
