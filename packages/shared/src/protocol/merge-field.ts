import { type Json, jsonEqual } from "../json.ts";
import type { FieldPolicy } from "../records/fields.ts";
import { mergeText } from "./merge-text.ts";

/** The value a field takes, and whether somebody's value was lost on the way. `undefined` is an absent field. */
export interface MergedField {
  readonly value: Json | undefined;
  readonly outcome: "set" | "merged" | "conflict";
}

/** What one writer asks of one field, beside what the field holds now. */
export interface FieldEdit {
  readonly policy: FieldPolicy;
  readonly current: Json | undefined;
  readonly was: Json | undefined;
  readonly next: Json | undefined;
}

/** Merges one field by what the writer saw in it; see design section 6. */
export function mergeField({ policy, current, was, next }: FieldEdit): MergedField {
  if (jsonEqual(current, was) || jsonEqual(current, next)) return { value: next, outcome: "set" };
  if (policy === "set") {
    const value = mergeSet(listOf(current), listOf(was), listOf(next));
    return { value, outcome: "merged" };
  }
  if (
    policy === "text" &&
    typeof current === "string" &&
    typeof was === "string" &&
    typeof next === "string"
  ) {
    const value = mergeText(was, current, next);
    if (value !== undefined) return { value, outcome: "merged" };
  }
  return { value: next, outcome: "conflict" };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function mergeSet(current: readonly Json[], was: readonly Json[], next: readonly Json[]): readonly Json[] {
  const has = (list: readonly Json[], item: Json) => list.some((other) => jsonEqual(other, item));
  const kept = current.filter((item) => has(next, item) || !has(was, item));
  const added = next.filter((item) => !has(was, item) && !has(kept, item));
  return [...kept, ...added];
}
