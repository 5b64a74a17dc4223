import {
  type AnyRecord,
  applyMutation,
  type CollectionName,
  definitionOf,
  type RecordOf,
} from "@safelight/shared";
import { createCompiledValidator } from "@safelight/shared/record-validator";
import type { PlannedMutation, Store } from "@safelight/store";
import type { FileNotes } from "./core/import-report.ts";
import type { OldPicture } from "./inspect-picture.ts";

/** What one entry asks for: all of it is taken in, or none. */
export interface Proposal {
  readonly entry: string;
  readonly outcome: "added" | "completed";
  readonly notes: FileNotes;
  readonly steps: readonly PlannedMutation[];
  readonly pictures: readonly OldPicture[];
}

/**
 * Takes entries in, many to a commit, or only says whether they could be. Reads show what was proposed so far, so that
 * a dry run decides exactly as an import does.
 */
export interface ImportWriter {
  get<C extends CollectionName>(collection: C, id: string): RecordOf<C> | undefined;
  scan<C extends CollectionName>(collection: C): Iterable<RecordOf<C>>;
  /** Counts the entry in its file's notes, as what it is or as unusable. */
  propose(proposal: Proposal): Promise<void>;
  /** Resolves when everything that was proposed is durable. */
  flush(): Promise<void>;
}

export interface ImportWriterOptions {
  readonly store: Store;
  readonly apply: boolean;
  readonly now: () => Date;
  readonly maxEntriesPerCommit?: number;
}

/** Most of a commit's JSON text, in UTF-16 units. */
const MAX_COMMIT_LENGTH = 4 * 1024 * 1024;

export function createImportWriter(options: ImportWriterOptions): ImportWriter {
  const { store, apply, now, maxEntriesPerCommit = 200 } = options;
  const validate = createCompiledValidator();
  const planned = new Map<CollectionName, Map<string, AnyRecord>>();
  let waiting: Proposal[] = [];
  let waitingLength = 0;

  const get = <C extends CollectionName>(collection: C, id: string) =>
    (planned.get(collection)?.get(id) ?? store.get(collection, id)) as RecordOf<C> | undefined;

  /** The records that the steps make, or why they cannot. */
  function rehearse(steps: readonly PlannedMutation[]): Map<string, AnyRecord> | string {
    const made = new Map<string, AnyRecord>();
    for (const step of steps) {
      const collection = step.collection as CollectionName;
      const key = `${collection} ${step.id}`;
      const current = made.get(key) ?? get(collection, step.id);
      const context = { actor: "server", now: now().toISOString(), validate } as const;
      const outcome = applyMutation(definitionOf(collection), current, step, context);
      if (outcome.kind === "rejected") return `${outcome.path} ${outcome.message}`;
      made.set(key, outcome.record);
    }
    return made;
  }

  async function flush(): Promise<void> {
    const proposals = waiting;
    waiting = [];
    waitingLength = 0;
    if (proposals.length === 0) return;
    const steps = proposals.flatMap((proposal) => proposal.steps);
    const { results } = await store.commit({ by: "import", actor: "server", atomicity: "each", steps });
    planned.clear();
    let at = 0;
    for (const { steps, outcome, entry, notes } of proposals) {
      const own = results.slice(at, at + steps.length);
      at += steps.length;
      const rejected = own.find((result) => result.status === "rejected");
      if (rejected?.status === "rejected") notes.refused(outcome, entry, rejected.message);
    }
  }

  return {
    get,
    flush,
    *scan<C extends CollectionName>(collection: C) {
      const own = planned.get(collection);
      for (const record of store.scan(collection)) {
        if (own?.has(record.id) !== true) yield record;
      }
      for (const record of own?.values() ?? []) yield record;
    },
    async propose(proposal) {
      const { entry, notes, outcome, steps, pictures } = proposal;
      const made = rehearse(steps);
      if (typeof made === "string") {
        notes.unusable(entry, made);
        return;
      }
      for (const [key, record] of made) {
        const collection = key.slice(0, key.indexOf(" ")) as CollectionName;
        const own = planned.get(collection) ?? new Map<string, AnyRecord>();
        planned.set(collection, own.set(record.id, record));
      }
      notes[outcome]();
      if (!apply) return;
      for (const picture of pictures) await picture.keep(store.blobs);
      waiting.push({ ...proposal, pictures: [] });
      waitingLength += JSON.stringify(steps).length;
      if (waiting.length >= maxEntriesPerCommit || waitingLength >= MAX_COMMIT_LENGTH) await flush();
    },
  };
}
