import { StoreError } from "../store-error.ts";
import { systemCode } from "./fs-port.ts";
import { storeErrorOf } from "./store-error-of.ts";

/** Why a data folder could not be opened, in words for the person who starts the studio. */
export function startErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const known = storeErrorOf(error);
  if (!(known instanceof StoreError) || known.code === "store.disk-fault") {
    return new StoreError("store.unreadable", {
      detail: `The data folder cannot be used: ${reason}`,
      cause: error,
    });
  }
  if (known.code !== "store.not-writable") return known;
  const remedy =
    systemCode(error) === "EROFS"
      ? "Mount its disk writable"
      : "Give the user that runs it the right to read and write there";
  return new StoreError("store.not-writable", {
    detail: `The data folder is read-only for the studio (${reason}). ${remedy}, or set DATA_DIR to another folder; then start again. Nothing was changed.`,
    cause: error,
  });
}
