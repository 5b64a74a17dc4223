import {
  type AnyRecord,
  type Change,
  type ChangesPage,
  isJsonObject,
  parseCursor,
  type PushResponse,
  type PushResult,
  type SnapshotLine,
} from "@safelight/shared";
import type { StreamEvent } from "../ports.ts";

/**
 * Guards for what comes over the wire, written out: a schema checker would be larger than the rest of the package.
 * `undefined` is an answer that is not the server's: a captive portal, a proxy's page, half a line.
 */
export function parsePushResponse(value: unknown): PushResponse | undefined {
  return isJsonObject(value) && isCursor(value["cursor"]) && isListOf(value["results"], isPushResult)
    ? (value as unknown as PushResponse)
    : undefined;
}

export function parseChangesPage(value: unknown): ChangesPage | undefined {
  return isJsonObject(value) &&
    isCursor(value["cursor"]) &&
    typeof value["more"] === "boolean" &&
    isListOf(value["changes"], isChange)
    ? (value as unknown as ChangesPage)
    : undefined;
}

export function parseSnapshotLine(value: unknown): SnapshotLine | undefined {
  if (!isJsonObject(value)) return undefined;
  const isLine =
    ((value["type"] === "head" || value["type"] === "end") && isCursor(value["cursor"])) ||
    (value["type"] === "record" &&
      isSeq(value["seq"]) &&
      isText(value["collection"]) &&
      isRecord(value["record"]) &&
      isConflict(value["conflict"]));
  return isLine ? (value as unknown as SnapshotLine) : undefined;
}

export function parseStreamEvent(type: string, data: unknown): StreamEvent | undefined {
  if (!isJsonObject(data) || !isCursor(data["cursor"])) return undefined;
  const isEvent =
    type === "reset" ||
    (type === "hello" && typeof data["schema"] === "number" && typeof data["readOnly"] === "boolean") ||
    (type === "changes" && isListOf(data["changes"], isChange));
  return isEvent ? ({ type, data } as unknown as StreamEvent) : undefined;
}

export function isRecord(value: unknown): value is AnyRecord {
  return isJsonObject(value) && isText(value["id"]) && typeof value["rev"] === "number";
}

function isChange(value: unknown): value is Change {
  return (
    isJsonObject(value) &&
    isSeq(value["seq"]) &&
    isText(value["collection"]) &&
    isText(value["id"]) &&
    (value["record"] === undefined || isRecord(value["record"])) &&
    isConflict(value["conflict"])
  );
}

/** Or none. */
function isConflict(value: unknown): boolean {
  return value === undefined || (isJsonObject(value) && isJsonObject(value["lost"]));
}

const STATUSES: ReadonlySet<unknown> = new Set(["applied", "merged", "duplicate", "rejected"]);

function isPushResult(value: unknown): value is PushResult {
  return (
    isJsonObject(value) &&
    isSeq(value["n"]) &&
    STATUSES.has(value["status"]) &&
    (value["seq"] === undefined || typeof value["seq"] === "number")
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isCursor(value: unknown): boolean {
  return isText(value) && parseCursor(value) !== undefined;
}

function isSeq(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
