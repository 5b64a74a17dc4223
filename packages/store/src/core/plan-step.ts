import {
  type AnyRecord,
  applyMutation,
  type ApplyContext,
  type ApplyOutcome,
  type CollectionName,
  definitionOf,
  isCollectionName,
  type JsonObject,
} from "@safelight/shared";
import type { PlannedMutation, PlannedStep, StepRejectCode, StepResult } from "../store.ts";
import { counterKey, homeOf, numberOf, scopeOf } from "./document-homes.ts";
import { type Entry, inSchemaOrder } from "./entry.ts";

/** Notes on a record that an edit of it lost; the record's own values stay. Only the store itself asks for it. */
export interface PlannedConflict {
  readonly op: "conflict";
  readonly collection: CollectionName;
  readonly id: string;
  readonly lost: JsonObject;
}

export type InternalStep = PlannedStep | PlannedConflict;

/** What a step is planned against: the state with everything before it in place. */
export interface StepContext {
  readonly actor: "client" | "server";
  readonly now: string;
  readonly seq: number;
  readonly validate: NonNullable<ApplyContext["validate"]>;
  entry(collection: CollectionName, id: string): Entry | undefined;
  record(entry: Entry | undefined): AnyRecord | undefined;
  counter(key: string): number;
  /** A document in use whose path differs from this one in the case of its letters alone. */
  homeTwin(path: string): string | undefined;
}

/** A record's next state, decided but not durable. */
export interface PlannedChange {
  readonly entry: Entry;
  /** The state that it takes the place of. */
  readonly before: Entry | undefined;
  readonly record: AnyRecord | undefined;
  readonly fields: readonly string[];
  readonly counter: { readonly key: string; readonly value: number } | undefined;
}

/** The outcome of one step, and what it changes if it changes something. */
export interface PlannedOutcome {
  readonly result: StepResult;
  readonly change?: PlannedChange;
}

/** Decides one step. Pure: the caller carries the change into its draft. */
export function planStep(step: InternalStep, context: StepContext): PlannedOutcome {
  if (!isCollectionName(step.collection)) {
    return rejected("collection.unknown", "/collection", `There is no collection "${step.collection}".`);
  }
  const { collection, id } = step;
  const current = context.entry(collection, id);
  if (step.op === "purge") return planPurge(collection, id, current, context);
  if (step.op === "conflict") return planConflict(collection, step, current, context);
  return planMutation(collection, step, current, context);
}

function planConflict(
  collection: CollectionName,
  { id, lost }: PlannedConflict,
  current: Entry | undefined,
  context: StepContext,
): PlannedOutcome {
  const record = context.record(current);
  if (record === undefined) return rejected("record.missing", "/id", `There is no record "${id}".`);
  const noted = { ...record, rev: record.rev + 1, updatedAt: context.now };
  const outcome = { kind: "merged", op: "update", record: noted, fields: [], conflict: { lost } } as const;
  return planChange(collection, current, { outcome, isChecked: false }, context);
}

/** A record's next state, and whether it was checked against its schema. */
interface DecidedState {
  readonly outcome: Extract<ApplyOutcome, { kind: "applied" | "merged" }>;
  readonly isChecked: boolean;
}

function planPurge(
  collection: CollectionName,
  id: string,
  current: Entry | undefined,
  { seq }: StepContext,
): PlannedOutcome {
  if (current?.json === undefined) {
    return { result: { status: "unchanged", seq: current?.seq ?? seq - 1, record: undefined } };
  }
  const entry: Entry = {
    seq,
    collection,
    id,
    op: "purge",
    json: undefined,
    conflict: undefined,
    home: current.home,
    isChecked: false,
    superseded: false,
    parsed: undefined,
  };
  return {
    result: { status: "applied", seq, record: undefined },
    change: { entry, before: current, record: undefined, fields: [], counter: undefined },
  };
}

function planMutation(
  collection: CollectionName,
  step: PlannedMutation,
  current: Entry | undefined,
  context: StepContext,
): PlannedOutcome {
  const { seq, now, actor, validate } = context;
  const record = context.record(current);
  if (step.ifRev !== undefined && record !== undefined && record.rev !== step.ifRev) {
    return rejected("record.stale", "/rev", `The record is at revision ${record.rev}, not ${step.ifRev}.`);
  }
  const definition = definitionOf(collection);
  const assigned = step.op === "create" ? nextNumber(collection, step, context) : undefined;
  const outcome = applyMutation(definition, record, step, {
    actor,
    now,
    validate,
    isKnownValid: current?.isChecked === true,
    ...(assigned !== undefined && { assigned }),
  });
  if (outcome.kind === "rejected") return rejected(outcome.code, outcome.path, outcome.message);
  if (outcome.kind === "unchanged") {
    return { result: { status: "unchanged", seq: current?.seq ?? seq, record: outcome.record } };
  }
  const isChecked = step.op === "create" || step.op === "update";
  return planChange(collection, current, { outcome, isChecked }, context);
}

function planChange(
  collection: CollectionName,
  current: Entry | undefined,
  { outcome, isChecked }: DecidedState,
  context: StepContext,
): PlannedOutcome {
  const definition = definitionOf(collection);
  const record = inSchemaOrder(definition, outcome.record);
  const home = homeOf(collection, record);
  const scope = scopeOf(collection, record);
  if (home === undefined || scope === undefined) {
    return rejected("record.invalid", "/id", "This id cannot name a document; choose another.");
  }
  if (current !== undefined && current.home !== home) {
    return rejected("field.read-only", "/id", `A record cannot move from ${current.home} to ${home}.`);
  }
  const twin = current === undefined ? context.homeTwin(home) : undefined;
  if (twin !== undefined) {
    return rejected("record.invalid", "/id", `An id that differs in case alone is in use (${twin}).`);
  }
  const entry: Entry = {
    seq: context.seq,
    collection,
    // The very strings of the state before: a record's text is all that each new state adds to memory.
    id: current?.id ?? record.id,
    op: outcome.op,
    json: JSON.stringify(record),
    conflict: outcome.conflict,
    home: current?.home ?? home,
    // A deletion or a note on a record is not checked: what was not known before is not known after.
    isChecked: isChecked || current?.isChecked === true,
    superseded: false,
    parsed: undefined,
  };
  const { fields } = outcome;
  const isNumbered = definition.counter !== undefined && fields.includes(definition.counter.field);
  return {
    result: { status: outcome.kind, seq: context.seq, record },
    change: {
      entry,
      before: current,
      record,
      fields,
      counter: isNumbered ? raisedCount(collection, scope, record, context) : undefined,
    },
  };
}

/** The count that a record's number raises, if it does. */
function raisedCount(
  collection: CollectionName,
  scope: string,
  record: AnyRecord,
  context: StepContext,
): PlannedChange["counter"] {
  const key = counterKey(collection, scope);
  const number = numberOf(definitionOf(collection), record);
  return number !== undefined && number > context.counter(key) ? { key, value: number } : undefined;
}

function nextNumber(
  collection: CollectionName,
  step: PlannedMutation,
  context: StepContext,
): JsonObject | undefined {
  const { counter } = definitionOf(collection);
  if (counter === undefined) return undefined;
  const scope = scopeOf(collection, { ...step.set, id: step.id });
  if (scope === undefined) return undefined;
  return { [counter.field]: context.counter(counterKey(collection, scope)) + 1 };
}

function rejected(code: StepRejectCode, path: string, message: string): PlannedOutcome {
  return { result: { status: "rejected", code, path, message } };
}
