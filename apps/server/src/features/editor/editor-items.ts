import type { JsonObject, RecordOf } from "@safelight/shared";
import type { PlannedMutation, StagedView, Store } from "@safelight/store";
import { generateKeyBetween } from "fractional-indexing";
import { ProblemError } from "../../problem-error.ts";
import { changedFields } from "../../records/changed-fields.ts";
import { createRecordIndex } from "../../records/record-index.ts";
import type { EditorCollection } from "./core/editor-schemas.ts";

/** The items of one kind in the sessions of the editor. */
export interface EditorItems<C extends EditorCollection> {
  /** In the order of the conversation; empty for a session that does not exist yet. The trash is not among them. */
  list(sessionId: string): readonly RecordOf<C>[];
  /**
   * Adds an item at the end, and makes its session in the same commit when there is none. One that was added before
   * under the same `id` with the same content is answered as it is; other content throws a `ProblemError` 409.
   */
  add(sessionId: string, item: JsonObject & { readonly id: string }): Promise<RecordOf<C>>;
}

export function createEditorItems<C extends EditorCollection>(store: Store, collection: C): EditorItems<C> {
  const bySession = createRecordIndex(store, collection, (record) =>
    record.deletedAt === undefined ? record.sessionId : undefined,
  );
  const list = (sessionId: string): readonly RecordOf<C>[] =>
    [...bySession.find(sessionId)].sort(comparePlaces);

  return {
    list,
    async add(sessionId, { id, ...fields }) {
      const last = list(sessionId).at(-1)?.sortKey;
      const item = { sortKey: keyAfter(last), ...fields, sessionId };
      await store.commit({
        by: "http",
        actor: "server",
        atomicity: "all",
        steps: (staged) => {
          // There already: a resend, or one that the caller is told of below.
          if (staged.get(collection, id) !== undefined) return [];
          return [...sessionSteps(staged, sessionId), { collection, id, op: "create", set: item }];
        },
      });
      const record = store.get(collection, id);
      if (record === undefined) throw new Error("A record that was just committed cannot be read");
      if (Object.keys(changedFields(record, { ...fields, sessionId })).length > 0) {
        throw new ProblemError(409, "record.exists", `There is another of the ${collection} with this id.`);
      }
      return record;
    },
  };
}

/** A session that is in the trash comes out of it: somebody works in it. */
function sessionSteps(staged: StagedView, sessionId: string): readonly PlannedMutation[] {
  const session = staged.get("editorSessions", sessionId);
  const target = { collection: "editorSessions", id: sessionId } as const;
  if (session === undefined) return [{ ...target, op: "create", set: { name: `Session ${sessionId}` } }];
  return session.deletedAt === undefined ? [] : [{ ...target, op: "restore" }];
}

function keyAfter(last: string | undefined): string {
  try {
    return generateKeyBetween(last ?? null, null);
  } catch {
    // A key that another program made in its own way: anything longer sorts after it.
    return `${last ?? ""}V`;
  }
}

interface Place {
  readonly id: string;
  readonly sortKey?: string;
  readonly createdAt: string;
}

/** Orders by key; items of one key, or of none, by when they were made. */
function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.sortKey ?? "", b.sortKey ?? "") ||
    compareText(a.createdAt, b.createdAt) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
