import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import { shaped, shapedList } from "../../../api/shaped.ts";

/** One version of a record, as the history lists it. */
export interface Version {
  /** The commit that made it. */
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly op: string;
  readonly fields: readonly string[];
  /** Absent after a purge. */
  readonly record: JsonObject | undefined;
  /** Values that gave way to this version; empty for an edit that met the trash. */
  readonly lost: JsonObject | undefined;
}

export interface VersionsPage {
  readonly versions: readonly Version[];
  readonly nextBefore: number | undefined;
}

/** Reads a page of `GET /api/history/:collection/:id`. Throws `FetchError` when it is something else. */
export function parseVersionsPage(answer: unknown): VersionsPage {
  const { items } = shaped(answer, { items: "list" });
  const nextBefore = isJsonObject(answer) ? answer["nextBefore"] : undefined;
  return {
    versions: shapedList(items, {
      seq: "number",
      at: "string",
      by: "string",
      op: "string",
      fields: "list",
    }).map((item) => {
      const { record, conflict }: JsonObject = { ...item };
      const lost = isJsonObject(conflict) ? conflict["lost"] : undefined;
      return {
        seq: item.seq,
        at: item.at,
        by: item.by,
        op: item.op,
        fields: item.fields.filter((field) => typeof field === "string"),
        record: isJsonObject(record) ? record : undefined,
        lost: isJsonObject(lost) ? lost : undefined,
      };
    }),
    nextBefore: typeof nextBefore === "number" ? nextBefore : undefined,
  };
}

export interface FieldDifference {
  readonly field: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Reads `GET …/diff`. Throws `FetchError` when it is something else. */
export function parseDifference(answer: unknown): readonly FieldDifference[] {
  const { fields } = shaped(answer, { fields: "object" });
  return Object.entries(fields).flatMap(([field, sides]) =>
    isJsonObject(sides) ? [{ field, before: sides["before"], after: sides["after"] }] : [],
  );
}

/** What a version did, in a word. */
export function opWords({ op, fields, lost }: Version): string {
  if (lost !== undefined && Object.keys(lost).length === 0) return "Edited while in the trash";
  switch (op) {
    case "create":
      return "Made";
    case "delete":
      return "Moved to the trash";
    case "restore":
      return "Taken out of the trash";
    case "purge":
      return "Removed for good";
    default:
      return fields.length === 0 ? "Marked" : "Changed";
  }
}
