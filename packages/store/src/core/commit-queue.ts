import type { StagedCommit } from "./staging.ts";

/** Makes a batch of commits durable, or rejects; they are all undone then. */
export type WriteBatch = (batch: readonly StagedCommit[]) => Promise<void>;

export interface CommitQueueOptions {
  readonly write: WriteBatch;
  /** Takes one durable commit into the state and tells whom it concerns. Must not throw. */
  readonly publish: (commit: StagedCommit) => void;
  /** Forgets all that was staged after a batch failed. */
  readonly discard: () => void;
}

export interface CommitQueue {
  /** Resolves when the commit and all before it are durable and published. */
  push(commit: StagedCommit): Promise<void>;
  /** Resolves when all that was pushed so far is settled. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly commit: StagedCommit;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Group commit: whatever waits when the disk is free shares one write; nothing waits for company. */
export function createCommitQueue({ write, publish, discard }: CommitQueueOptions): CommitQueue {
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const commits = batch.map(({ commit }) => commit).filter(({ effect }) => effect !== undefined);
      try {
        if (commits.length > 0) await write(commits);
      } catch (error) {
        // Commits that came meanwhile were planned on top of these: none of them can stand.
        const failed = [...batch, ...waiting];
        waiting = [];
        discard();
        for (const { reject } of failed) reject(error);
        continue;
      }
      for (const { commit, resolve } of batch) {
        publish(commit);
        resolve();
      }
    }
    draining = undefined;
  }

  return {
    push(commit) {
      return new Promise((resolve, reject) => {
        waiting.push({ commit, resolve, reject });
        draining ??= Promise.resolve().then(drain);
      });
    },
    idle: () => draining ?? Promise.resolve(),
  };
}
