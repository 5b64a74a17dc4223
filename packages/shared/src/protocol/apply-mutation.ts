import { findJsonFault, type Json, jsonEqual, type JsonObject } from "../json.ts";
import type { AnyRecord, CollectionDefinition } from "../records/definition.ts";
import { BASE_FIELD_NAMES, policyOf } from "../records/fields.ts";
import type { ChangeOp, Conflict } from "./change.ts";
import { mergeField } from "./merge-field.ts";
import type { Mutation } from "./mutation.ts";

/** A field that does not fit its schema. `path` is a JSON pointer into the record. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** The first fault of a record. `changed`: the only fields in which it differs from one that has none. */
export type ValidateRecord = (
  definition: CollectionDefinition,
  record: AnyRecord,
  changed?: readonly string[],
) => FieldError | undefined;

export interface ApplyContext {
  /** Only `server` may set `server` fields, `createdAt` and fixed fields after creation. */
  readonly actor: "client" | "server";
  /** ISO time that `updatedAt` and the like take. Only shown, never compared. */
  readonly now: string;
  /** First fault of a record against its schema; left out where a later side checks anyway. */
  readonly validate?: ValidateRecord;
  /** Whether the record as it stands is known to have no fault: only what changes is checked then. */
  readonly isKnownValid?: boolean;
  /** Values that only the side which keeps the counters can give to a new record. */
  readonly assigned?: JsonObject;
}

export type ApplyOutcome =
  | {
      readonly kind: "applied" | "merged";
      readonly op: ChangeOp;
      readonly record: AnyRecord;
      readonly fields: readonly string[];
      readonly conflict?: Conflict;
    }
  /** The record already is as asked: nothing to write, and not an error. */
  | { readonly kind: "unchanged"; readonly record: AnyRecord }
  | { readonly kind: "rejected"; readonly code: RejectCode; readonly path: string; readonly message: string };

export type RejectCode =
  | "record.missing"
  | "record.exists"
  | "record.invalid"
  | "field.unknown"
  | "field.read-only"
  | "field.forbidden";

/**
 * The state of a record after one mutation: pure, and the same on both sides of the wire, so that what a client shows
 * at once is what the server will have. A conflict is never lost: `conflict.lost` holds the values that gave way.
 */
export function applyMutation(
  definition: CollectionDefinition,
  current: AnyRecord | undefined,
  mutation: Mutation,
  context: ApplyContext,
): ApplyOutcome {
  const refusal = refuseFields(definition, current, mutation, context);
  if (refusal !== undefined) return refusal;
  switch (mutation.op) {
    case "create":
      return applyCreate(definition, current, mutation, context);
    case "update":
      return applyUpdate(definition, current, mutation, context);
    case "delete":
      return applyDeletion(current, mutation, context.now);
    case "restore":
      return applyRestore(current, mutation, context.now);
  }
}

function refuseFields(
  definition: CollectionDefinition,
  current: AnyRecord | undefined,
  mutation: Mutation,
  context: ApplyContext,
): ApplyOutcome | undefined {
  const { set, op } = mutation;
  if (set === undefined) return undefined;
  if (op === "delete" || op === "restore") {
    return rejected("field.unknown", "/set", `A ${op} sets no fields.`);
  }
  const fault = findJsonFault(set);
  if (fault !== undefined) {
    return rejected("field.forbidden", fault.path, `${fault.path} ${fault.message}.`);
  }
  for (const name of Object.keys(set)) {
    const schema = definition.schema.properties[name];
    if (schema === undefined) {
      return rejected("field.unknown", `/${name}`, `${definition.name} have no field "${name}".`);
    }
    if (context.actor === "server") continue;
    const policy = policyOf(schema);
    if (BASE_FIELD_NAMES.has(name) || policy === "server") {
      return rejected("field.read-only", `/${name}`, `"${name}" is set by the server.`);
    }
    if (policy === "fixed" && op === "update" && current !== undefined) {
      return rejected("field.read-only", `/${name}`, `"${name}" is set once, when the record is created.`);
    }
  }
  return undefined;
}

function applyCreate(
  definition: CollectionDefinition,
  current: AnyRecord | undefined,
  mutation: Mutation,
  context: ApplyContext,
): ApplyOutcome {
  if (current !== undefined) {
    return rejected("record.exists", "/id", `${definition.name} already have a record "${mutation.id}".`);
  }
  const given = withoutNulls(mutation.set ?? {});
  const record: AnyRecord = {
    ...definition.initial,
    ...context.assigned,
    ...given,
    id: mutation.id,
    rev: 1,
    createdAt: typeof given["createdAt"] === "string" ? given["createdAt"] : context.now,
    updatedAt: context.now,
  };
  return checked(definition, context, {
    kind: "applied",
    op: "create",
    record,
    fields: Object.keys(record).filter((name) => !BASE_FIELD_NAMES.has(name)),
  });
}

function applyUpdate(
  definition: CollectionDefinition,
  current: AnyRecord | undefined,
  mutation: Mutation,
  context: ApplyContext,
): ApplyOutcome {
  if (current === undefined) return missing(definition, mutation);
  const next: Record<string, Json> = { ...current };
  const fields: string[] = [];
  const lost: Record<string, Json> = {};
  let merged = false;
  for (const [name, value] of Object.entries(mutation.set ?? {})) {
    const schema = definition.schema.properties[name];
    const held = current[name];
    const was = mutation.was !== undefined && Object.hasOwn(mutation.was, name) ? mutation.was[name] : held;
    const edit = mergeField({
      policy: schema === undefined ? "lww" : policyOf(schema),
      current: held,
      was: was ?? undefined,
      next: value ?? undefined,
    });
    if (edit.outcome !== "set") merged = true;
    if (edit.outcome === "conflict") lost[name] = held ?? null;
    if (jsonEqual(edit.value, held)) continue;
    fields.push(name);
    if (edit.value === undefined) delete next[name];
    else next[name] = edit.value;
  }
  if (fields.length === 0) return { kind: "unchanged", record: current };
  // An edit of a record that somebody deleted meanwhile: the trash wins, the edit is kept in it and marked.
  const inTrash = current.deletedAt !== undefined && context.actor === "client";
  next["rev"] = current.rev + 1;
  next["updatedAt"] = context.now;
  const record = next as AnyRecord;
  const conflict = Object.keys(lost).length > 0 || inTrash ? { conflict: { lost } } : {};
  return checked(definition, context, {
    kind: merged || inTrash ? "merged" : "applied",
    op: "update",
    record,
    fields,
    ...conflict,
  });
}

function applyDeletion(current: AnyRecord | undefined, mutation: Mutation, now: string): ApplyOutcome {
  if (current === undefined) return missing(undefined, mutation);
  if (current.deletedAt !== undefined) return { kind: "unchanged", record: current };
  const record = { ...current, rev: current.rev + 1, updatedAt: now, deletedAt: now };
  return { kind: "applied", op: "delete", record, fields: ["deletedAt"] };
}

function applyRestore(current: AnyRecord | undefined, mutation: Mutation, now: string): ApplyOutcome {
  if (current === undefined) return missing(undefined, mutation);
  if (current.deletedAt === undefined) return { kind: "unchanged", record: current };
  const { deletedAt: _, ...kept } = current;
  const record = { ...kept, rev: current.rev + 1, updatedAt: now } as AnyRecord;
  return { kind: "applied", op: "restore", record, fields: ["deletedAt"] };
}

function checked(
  definition: CollectionDefinition,
  context: ApplyContext,
  outcome: Extract<ApplyOutcome, { kind: "applied" | "merged" }>,
): ApplyOutcome {
  // What the store itself sets, `rev` and `updatedAt`, has the right shape.
  const changed = context.isKnownValid === true && outcome.op === "update" ? outcome.fields : undefined;
  const fault = context.validate?.(definition, outcome.record, changed);
  return fault === undefined ? outcome : rejected("record.invalid", fault.path, fault.message);
}

function missing(definition: CollectionDefinition | undefined, mutation: Mutation): ApplyOutcome {
  const where = definition?.name ?? mutation.collection;
  return rejected("record.missing", "/id", `${where} have no record "${mutation.id}".`);
}

function rejected(code: RejectCode, path: string, message: string): ApplyOutcome {
  return { kind: "rejected", code, path, message };
}

function withoutNulls(set: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
}
