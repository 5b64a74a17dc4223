import { describe, expect, it } from "vitest";
import { compareSortKeys, type SortKey, type SortValue } from "./sort-order.ts";
import { createSortedKeys, type SortedKeys } from "./sorted-keys.ts";

/** A small seeded generator (mulberry32), so that a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const VALUES: readonly SortValue[] = [null, "", "a", "b", "ä", 0, -1, 2.5];

function keysOf(sorted: SortedKeys): SortKey[] {
  return Array.from({ length: sorted.size }, (_, index) => sorted.at(index)).filter(
    (key) => key !== undefined,
  );
}

describe("createSortedKeys", () => {
  it.each([1, 2, 3, 4, 5])("stays in order under any writes (seed %i)", (seed) => {
    const random = randomFrom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    // One type of value per order, as a field has: what orders records of mixed types is nobody's promise.
    const type = seed % 2 === 0 ? "number" : "string";
    const values = VALUES.filter((value) => value === null || typeof value === type);
    const model = new Map<string, SortKey>();
    const sorted = createSortedKeys([]);
    for (let step = 0; step < 500; step += 1) {
      const id = `id-${Math.floor(random() * 30)}`;
      if (random() < 0.3) {
        model.delete(id);
        sorted.remove(id);
      } else {
        const key = { id, value: pick(values) };
        model.set(id, key);
        sorted.put(key);
      }
    }
    const expected = [...model.values()].sort(compareSortKeys);
    expect(keysOf(sorted)).toEqual(expected);
    for (const [index, key] of expected.entries()) expect(sorted.rank(key)).toBe(index);
  });

  it("ranks a key that is not among them by where it would stand", () => {
    const sorted = createSortedKeys([
      { value: 3, id: "c" },
      { value: 1, id: "a" },
    ]);
    expect(sorted.rank({ value: 2, id: "b" })).toBe(1);
    expect(sorted.rank({ value: 3, id: "d" })).toBe(2);
    expect(sorted.rank({ value: null, id: "z" })).toBe(0);
  });
});
