import type { Unkept } from "../core/status.ts";
import type { Storage, StorageFault } from "../ports.ts";
import { storageTrouble } from "./writer.ts";

/** What is known to be wrong with this browser's database. */
export interface StorageHealth {
  /** The disk did not do as asked, or (`undefined`) works again. Answers whether that is news. */
  note(error: unknown): boolean;
  /** The disk has something that cannot be read: no later write that works makes up for it. */
  breakDown(error: unknown): void;
  mend(): void;
  /** Why what this tab holds is not known to be kept, a write that is not kept (`unwritten`) first. */
  unkept(unwritten: Unkept | undefined): Unkept | undefined;
  fault(unwritten: Unkept | undefined): StorageFault | undefined;
  /** A newer bundle has the database. */
  isOutdated(): boolean;
}

export function createStorageHealth(storage: Storage): StorageHealth {
  let trouble: Unkept | undefined;
  let broken: Unkept | undefined;
  return {
    note(error) {
      const before = trouble;
      trouble = error === undefined ? undefined : storageTrouble(error);
      return before !== trouble;
    },
    breakDown(error) {
      broken = storageTrouble(error);
    },
    mend() {
      broken = undefined;
      trouble = undefined;
    },
    unkept: (unwritten) => unwritten ?? trouble ?? broken ?? unreadable(storage.fault),
    fault(unwritten) {
      const unkept = unwritten ?? broken ?? trouble;
      if (storage.fault !== undefined || unkept?.cause !== "broken") return storage.fault;
      return { reason: unkept.reason, mendable: storage.rebuild !== undefined };
    },
    isOutdated: () => storage.fault?.outdated === true,
  };
}

/** What is in a database that cannot be read is not known to be saved. */
function unreadable(fault: StorageFault | undefined): Unkept | undefined {
  return fault?.mendable === true ? { cause: "broken", reason: fault.reason } : undefined;
}
