import type { HistorySource, PastChange, PastCommit } from "../core/history/history-source.ts";
import { changedFields } from "../core/history/changed-fields.ts";
import { type Entry, parseRecord } from "../core/entry.ts";
import type { StagedCommit } from "../core/staging.ts";
import { giveWay } from "../give-way.ts";

export interface MemoryPast extends HistorySource {
  /** Remembers a commit, and the states that its entries replaced. */
  note(commit: StagedCommit, replaced: readonly (Entry | undefined)[]): void;
}

interface NotedCommit {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly changes: readonly { readonly entry: Entry; readonly before: Entry | undefined }[];
}

/** Every commit since the store was made. */
export function createMemoryPast(): MemoryPast {
  const commits: NotedCommit[] = [];

  return {
    note({ effect, by }, replaced) {
      if (effect === undefined) return;
      const seen = new Map<string, Entry>();
      const changes = effect.entries.map((entry, at) => {
        const key = `${entry.collection}/${entry.id}`;
        const before = seen.get(key) ?? replaced[at];
        seen.set(key, entry);
        return { entry, before };
      });
      commits.push({ seq: effect.seq, at: effect.at, by, changes });
    },
    giveWay,
    async open() {
      // Later commits are of no concern to who opened this.
      const held = commits.slice();
      const segment = {
        from: 1,
        to: held.at(-1)?.seq ?? 0,
        isBase: false,
        async *commits() {
          for (const commit of held) yield pastCommit(commit);
        },
        async *times() {
          for (const { seq, at } of held) yield { seq, at };
        },
      };
      return { segments: [segment], release: () => undefined };
    },
  };
}

function pastCommit({ seq, at, by, changes }: NotedCommit): PastCommit {
  return { seq, at, by, changes: changes.map(pastChange) };
}

function pastChange({ entry, before }: NotedCommit["changes"][number]): PastChange {
  const { collection, id, op, conflict } = entry;
  const record = recordOf(entry);
  return { collection, id, op, conflict, record, fields: changedFields(recordOf(before), record) };
}

function recordOf(entry: Entry | undefined) {
  return entry?.json === undefined ? undefined : parseRecord(entry.json);
}
