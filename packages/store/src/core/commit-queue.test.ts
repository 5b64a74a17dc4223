import { describe, expect, it } from "vitest";
import { createCommitQueue } from "./commit-queue.ts";
import type { StagedCommit } from "./staging.ts";

function stagedCommit(seq: number): StagedCommit {
  const effect = { seq, at: "", entries: [], replaced: [], counters: [], mark: undefined };
  return { effect, body: "", by: "", seq, results: [] };
}

/** A queue over a disk that takes a moment for each write; `sizes` are those of its batches. */
function slowQueue() {
  const sizes: number[] = [];
  const published: number[] = [];
  const queue = createCommitQueue({
    async write(batch) {
      sizes.push(batch.length);
      await new Promise((resolve) => void setImmediate(resolve));
    },
    publish: ({ seq }) => void published.push(seq),
    discard: () => undefined,
  });
  let seq = 0;
  const push = () => queue.push(stagedCommit((seq += 1)));

  /** Callers of whom each pushes again when it is answered. */
  async function crowd(callers: number, times: number): Promise<void> {
    const call = async () => {
      for (let time = 0; time < times; time += 1) await push();
    };
    await Promise.all(Array.from({ length: callers }, call));
  }
  return { sizes, published, crowd };
}

describe("the queue of commits", () => {
  it("writes a crowd in two halves that take turns", async () => {
    const { sizes, published, crowd } = slowQueue();
    await crowd(64, 10);
    expect(sizes.every((size) => size === 32)).toBe(true);
    expect(published).toEqual(Array.from({ length: 640 }, (_, at) => at + 1));
  });

  it("leaves a small crowd together", async () => {
    const { sizes, crowd } = slowQueue();
    await crowd(31, 10);
    expect(sizes).toEqual(Array.from({ length: 10 }, () => 31));
  });
});
