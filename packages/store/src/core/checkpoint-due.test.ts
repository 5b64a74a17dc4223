import { describe, expect, it } from "vitest";
import { isCheckpointDue } from "./checkpoint-due.ts";

const small = { sizeBytes: 1000, pendingBytes: 100, dirtySinceMs: 0, changedAtMs: 4000 };
const large = { sizeBytes: 50_000_000, pendingBytes: 100, dirtySinceMs: 0, changedAtMs: 0 };

describe("S59 a checkpoint is due", () => {
  it("for a small document after a moment of quiet", () => {
    expect(isCheckpointDue(small, 4500, 1000)).toBe(false);
    expect(isCheckpointDue(small, 5000, 1000)).toBe(true);
  });

  it("for a small document that is never quiet after five such moments", () => {
    expect(isCheckpointDue({ ...small, changedAtMs: 4900 }, 4950, 1000)).toBe(false);
    expect(isCheckpointDue({ ...small, changedAtMs: 4999 }, 5000, 1000)).toBe(true);
  });

  it("for a large document when its changes have grown to twice its size, however long that takes", () => {
    expect(isCheckpointDue(large, 1e9, 1000)).toBe(false);
    expect(isCheckpointDue({ ...large, pendingBytes: 99_999_999 }, 1e9, 1000)).toBe(false);
    expect(isCheckpointDue({ ...large, pendingBytes: 100_000_000 }, 0, 1000)).toBe(true);
  });

  it("for one that is new and large at once", () => {
    expect(isCheckpointDue({ ...large, sizeBytes: 0, pendingBytes: 1e6 }, 0, 1000)).toBe(true);
  });
});
