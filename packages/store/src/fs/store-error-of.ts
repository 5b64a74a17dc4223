import { StoreError, type StoreErrorCode } from "../store-error.ts";
import { systemCode } from "./fs-port.ts";

/** The store's word for a fault of the system; other errors, such as those of a source, stay what they are. */
export function storeErrorOf(error: unknown): unknown {
  const code = SYSTEM_FAULTS[systemCode(error) ?? ""];
  return code === undefined ? error : new StoreError(code, { cause: error });
}

const SYSTEM_FAULTS: Readonly<Record<string, StoreErrorCode | undefined>> = {
  ENOSPC: "store.full",
  EDQUOT: "store.full",
  EFBIG: "store.full",
  EMFILE: "store.busy",
  ENFILE: "store.busy",
  ENOENT: "blob.missing",
  EIO: "store.unreadable",
};
