import { type Json, jsonEqual, type JsonObject } from "@safelight/shared";

/** The part of a version that tells who and when. */
interface Version {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly fields: readonly string[];
  readonly record?: JsonObject;
}

/** One of the two values of a field, and the version that wrote it, where the history knows. */
export interface ConflictSide {
  readonly value: Json | undefined;
  readonly by?: Version;
}

export interface FieldConflict {
  readonly field: string;
  /** What the record holds. */
  readonly won: ConflictSide;
  /** What gave way. */
  readonly lost: ConflictSide;
}

/** Both sides of each field of a conflict. `versions` are newest first, and may be none: they only say who and when. */
export function conflictSides(
  conflict: { readonly seq: number; readonly lost: JsonObject },
  record: JsonObject | undefined,
  versions: readonly Version[],
): readonly FieldConflict[] {
  const winner = versions.find(({ seq }) => seq === conflict.seq);
  return Object.entries(conflict.lost).map(([field, lost]) => {
    const loser = versions.find(
      (version) =>
        version.seq < conflict.seq &&
        version.fields.includes(field) &&
        jsonEqual(version.record?.[field] ?? null, lost),
    );
    return {
      field,
      won: { value: record?.[field], ...(winner === undefined ? {} : { by: winner }) },
      lost: { value: lost, ...(loser === undefined ? {} : { by: loser }) },
    };
  });
}

/** Who the journal says that a version is by, in words: a device by its name, where it told one. */
export function writerWords(by: string): string {
  if (by.startsWith("client:")) return /^client:\S+ (?<name>.+)$/su.exec(by)?.groups?.["name"] ?? "a browser";
  if (by === "http") return "a script";
  return by === "history" ? "going back in the history" : "the studio";
}
