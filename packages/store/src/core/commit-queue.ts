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

/** A crowd that comes while the disk is free is written in two halves: see `takeFirst`. */
const CROWD = 16;

/**
 * Group commit: whatever waits when the disk is free shares one write; nothing waits for company. The next write begins
 * before anybody is told of the last: what callers do then costs no time of the disk.
 */
export function createCommitQueue({ write, publish, discard }: CommitQueueOptions): CommitQueue {
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    let batch = takeFirst();
    let writing = writeBatch(batch);
    while (batch.length > 0) {
      let done = batch;
      try {
        await writing;
      } catch (error) {
        // Commits that came meanwhile were planned on top of these: none of them can stand.
        const failed = [...batch, ...waiting];
        waiting = [];
        done = [];
        discard();
        for (const { reject } of failed) reject(error);
      }
      batch = waiting;
      waiting = [];
      writing = writeBatch(batch);
      for (const { commit, resolve } of done) {
        publish(commit);
        resolve();
      }
    }
    draining = undefined;
  }

  /**
   * Callers that each go on when they are answered would for ever come and wait as one crowd, and disk and processor would take
   * turns. Of two halves, one is at work while the other is being written.
   */
  function takeFirst(): readonly Waiting[] {
    return waiting.splice(0, waiting.length < CROWD ? waiting.length : waiting.length >>> 1);
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
