import { randomFillSync } from "node:crypto";
import { validate, version } from "uuid";
import { expect, it } from "vitest";
import { createIdSource } from "./create-id-source.ts";

const timeOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

it("makes ids that sort in the order of their making, also within one millisecond", () => {
  let nowMs = 1_700_000_000_000;
  const newId = createIdSource({ now: () => nowMs, fillRandom: randomFillSync });
  const ids: string[] = [];
  for (let made = 0; made < 2000; made += 1) {
    if (made % 700 === 0) nowMs += 1;
    ids.push(newId());
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(timeOf(ids.at(-1) ?? "")).toBe(nowMs);
});

it("goes on in order when the clock goes back", () => {
  const times = [5000, 5000, 1000, 4999, 5001];
  const newId = createIdSource({ now: () => times.shift() ?? 6000, fillRandom: randomFillSync });
  const ids = Array.from({ length: 6 }, () => newId());
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.map(timeOf)).toEqual([5000, 5000, 5000, 5000, 5001, 6000]);
});

it("counts over into the next millisecond rather than down", () => {
  const newId = createIdSource({ now: () => 1000, fillRandom: (bytes) => void bytes.fill(0xff) });
  const first = newId();
  expect(newId() > first).toBe(true);
});

it("uses each random byte once", () => {
  const fetched: number[] = [];
  const newId = createIdSource({
    now: () => 1000,
    fillRandom(bytes) {
      fetched.push(bytes.byteLength);
      for (let at = 0; at < bytes.byteLength; at += 1) bytes[at] = Math.floor(at / 16);
    },
  });
  const tails = Array.from({ length: 300 }, () => newId().slice(-10));
  expect(fetched).toEqual([4096, 4096]);
  expect(new Set(tails.slice(0, 256)).size).toBe(256);
});
