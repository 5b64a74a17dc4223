import {
  type AnyRecord,
  BASE_FIELD_NAMES,
  type CollectionName,
  findForbiddenKey,
  isJsonObject,
  type Json,
  jsonEqual,
  type JsonObject,
} from "@safelight/shared";
import type { DocumentFamily } from "./document-homes.ts";
import { homeOf } from "./document-homes.ts";
import type { InternalStep } from "./plan-step.ts";

/** A document as somebody left it, and what it is compared with. */
export interface HandEdit {
  readonly path: string;
  readonly family: DocumentFamily;
  readonly value: JsonObject;
  /** The `seq` that its header names; absent in a file that somebody made. */
  readonly seq: number | undefined;
  /** The document's records as they were when the edited version was written; absent if that is not known. */
  readonly base: ReadonlyMap<string, AnyRecord> | undefined;
}

/** A record as it is now, and whether it changed since the version that was edited. */
export interface CurrentRecord {
  readonly record: AnyRecord | undefined;
  readonly changedSince: boolean;
}

export interface HandEditPlan {
  readonly steps: readonly InternalStep[];
  /** What of the edit cannot be taken, in words. */
  readonly refused: readonly string[];
}

/**
 * Turns an edited document into steps. A record that also changed since keeps its later state, and the edit becomes a
 * conflict. Without a base nothing is deleted: a file that somebody made may hold only a part of the records.
 */
export function planHandEdit(
  { path, family, value, base }: HandEdit,
  current: (collection: CollectionName, id: string) => CurrentRecord,
): HandEditPlan {
  const steps: InternalStep[] = [];
  const refused: string[] = [];
  for (const collection of family.collections) {
    const list = value[collection];
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      refused.push(`"${collection}" is not a list`);
      continue;
    }
    const seen = new Set<string>();
    for (const [at, item] of list.entries()) {
      const theirs = readRecord(collection, path, item);
      if (typeof theirs === "string") {
        refused.push(`${collection} ${at + 1}: ${theirs}`);
        continue;
      }
      if (seen.has(theirs.id)) {
        refused.push(`${collection} ${at + 1}: "${theirs.id}" is there twice`);
        continue;
      }
      seen.add(theirs.id);
      const before = base?.get(`${collection}/${theirs.id}`);
      steps.push(...stepsOf(collection, theirs, before, current(collection, theirs.id)));
    }
    for (const [key, before] of base ?? []) {
      if (!key.startsWith(`${collection}/`) || seen.has(before.id) || before.deletedAt !== undefined)
        continue;
      const now = current(collection, before.id);
      if (now.record === undefined || now.record.deletedAt !== undefined) continue;
      if (now.changedSince) {
        steps.push({ op: "conflict", collection, id: before.id, lost: { deletedAt: "removed by hand" } });
      } else steps.push({ op: "delete", collection, id: before.id });
    }
  }
  return { steps, refused };
}

/** A record of an edited file, or what is wrong with it. */
function readRecord(
  collection: CollectionName,
  path: string,
  item: Json,
): { readonly id: string; readonly fields: JsonObject } | string {
  if (!isJsonObject(item)) return "it is not an object";
  const forbidden = findForbiddenKey(item);
  if (forbidden !== undefined) return `the key ${forbidden} is not allowed`;
  const { seq: _seq, ...fields } = item;
  const { id } = fields;
  if (typeof id !== "string") return "it has no id";
  if (homeOf(collection, fields as AnyRecord) !== path) return `"${id}" does not belong into this document`;
  return { id, fields };
}

function stepsOf(
  collection: CollectionName,
  theirs: { readonly id: string; readonly fields: JsonObject },
  before: AnyRecord | undefined,
  { record, changedSince }: CurrentRecord,
): readonly InternalStep[] {
  const { id, fields } = theirs;
  if (record === undefined) {
    // Purged since, or new.
    if (before !== undefined) return [];
    const { rev: _rev, updatedAt: _updatedAt, deletedAt, id: _id, ...set } = fields;
    const trash: readonly InternalStep[] = deletedAt === undefined ? [] : [{ op: "delete", collection, id }];
    return [{ op: "create", collection, id, set }, ...trash];
  }
  const compared = before ?? record;
  const set = differences(fields, compared);
  const trashed = "deletedAt" in fields;
  const wasTrashed = compared.deletedAt !== undefined;
  if (Object.keys(set).length === 0 && trashed === wasTrashed) return [];
  if (changedSince) {
    const differs = differences(fields, record);
    const lost = Object.fromEntries(Object.entries(set).filter(([name]) => name in differs));
    return Object.keys(lost).length === 0 ? [] : [{ op: "conflict", collection, id, lost }];
  }
  const edits: InternalStep[] = [];
  if (wasTrashed && !trashed) edits.push({ op: "restore", collection, id });
  if (Object.keys(set).length > 0) edits.push({ op: "update", collection, id, set });
  if (!wasTrashed && trashed) edits.push({ op: "delete", collection, id });
  return edits;
}

/** The fields in which an edited record differs; `null` for one that is gone. */
function differences(fields: JsonObject, compared: AnyRecord): Record<string, Json> {
  const set: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (BASE_FIELD_NAMES.has(name) || jsonEqual(value, compared[name])) continue;
    set[name] = value;
  }
  for (const name of Object.keys(compared)) {
    if (!BASE_FIELD_NAMES.has(name) && !(name in fields)) set[name] = null;
  }
  return set;
}
