import type { CommitResult } from "../store.ts";
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
  /** Resolves to what is answered when the commit and all before it are durable and published. */
  push(commit: StagedCommit): Promise<CommitResult>;
  /** Resolves when all that was pushed so far is settled. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly commit: StagedCommit;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Group commit: whatever waits when the disk is free shares one write; nothing waits for company. The next write begins
 * before anybody is told of the last: what callers do then costs no time of the disk.
 */
export function createCommitQueue({ write, publish, discard }: CommitQueueOptions): CommitQueue {
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    let done: readonly Waiting[] = [];
    while (done.length > 0 || waiting.length > 0) {
      const batch = takeWaiting();
      const writing = writeBatch(batch);
      for (const { commit, resolve } of done) {
        publish(commit);
        resolve({ seq: commit.seq, results: commit.results });
      }
      try {
        await writing;
        done = batch;
      } catch (error) {
        // Commits that came meanwhile were planned on top of these: none of them can stand.
        const failed = [...batch, ...takeWaiting()];
        done = [];
        discard();
        for (const { reject } of failed) reject(error);
      }
    }
    draining = undefined;
  }

  function takeWaiting(): readonly Waiting[] {
    const batch = waiting;
    waiting = [];
    return batch;
  }

  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    const commits = batch.map(({ commit }) => commit).filter(({ effect }) => effect !== undefined);
    if (commits.length > 0) await write(commits);
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
