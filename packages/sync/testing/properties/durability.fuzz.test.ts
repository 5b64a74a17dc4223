import { expect, test } from "vitest";
import { simulate } from "../simulate.ts";
import { firstViolations, mixed } from "./runs.ts";

const TIMEOUT_MS = 300_000;

test(
  "Y61: every durable write is applied, a version, in the trash or in the attention list",
  async () => {
    const run = (seed: number) =>
      simulate({
        seed,
        ...mixed(seed),
        restores: seed % 2 === 0,
        freezes: true,
        crashes: seed % 4 > 1,
        tends: seed % 8 > 3,
      });
    expect(await firstViolations({ property: 2 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "Y62: any replay of pushes has one effect",
  async () => {
    const run = (seed: number) =>
      simulate({
        seed,
        ...mixed(seed),
        crashes: seed % 2 === 1,
        faults: ["twice", "lose-answer", "bad-answer"],
      });
    expect(await firstViolations({ property: 3 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "Y69: the status never says Saved while the outbox or the blob queue is not empty, in any tab",
  async () => {
    const run = (seed: number) => simulate({ seed, ...mixed(seed), watchStatus: true });
    expect(await firstViolations({ property: 10 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);
