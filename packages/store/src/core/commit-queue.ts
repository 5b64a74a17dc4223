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

/** Of fewer callers a half is not worth a write of its own. */
const LEAST_CROWD = 32;

/**
 * Group commit: whatever waits when the disk is free shares one write; nothing waits for company. The next write begins
 * before anybody is told of the last: what callers do then costs no time of the disk. A crowd that comes back as one would leave the
 * disk idle while it works, and be idle itself while it is written: it goes on in two halves that take turns.
 */
export function createCommitQueue({ write, publish, discard }: CommitQueueOptions): CommitQueue {
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    let done: readonly Waiting[] = [];
    while (done.length > 0 || waiting.length > 0) {
      const batch = takeBatch(done.length);
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

  /** `coming`: how many are about to be told, and may come again while this batch is written. */
  function takeBatch(coming: number): readonly Waiting[] {
    const crowd = waiting.length + coming;
    const most = crowd < LEAST_CROWD ? crowd : Math.ceil(crowd / 2);
    return waiting.length <= most ? takeWaiting() : waiting.splice(0, most);
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
