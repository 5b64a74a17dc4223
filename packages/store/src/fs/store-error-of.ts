import { StoreError, type StoreErrorCode } from "../store-error.ts";
import { systemCode } from "./fs-port.ts";

/** The store's word for a fault of the system; other errors, such as those of a source, stay what they are. */
export function storeErrorOf(error: unknown): unknown {
  const code = SYSTEM_FAULTS[systemCode(error) ?? ""];
  return code === undefined ? error : new StoreError(code, { cause: error });
}

/** The same where a name that is gone means that the bytes are. */
export function blobErrorOf(error: unknown): unknown {
  return systemCode(error) === "ENOENT"
    ? new StoreError("blob.missing", { cause: error })
    : storeErrorOf(error);
}

const SYSTEM_FAULTS: Readonly<Record<string, StoreErrorCode | undefined>> = {
  ENOSPC: "store.full",
  EDQUOT: "store.full",
  EFBIG: "store.full",
  EMFILE: "store.busy",
  ENFILE: "store.busy",
  EROFS: "store.not-writable",
  EACCES: "store.not-writable",
  EPERM: "store.not-writable",
  EIO: "store.disk-fault",
  ESTALE: "store.disk-fault",
  EXDEV: "store.disk-fault",
  EBUSY: "store.disk-fault",
  ENODEV: "store.disk-fault",
  ENXIO: "store.disk-fault",
};
