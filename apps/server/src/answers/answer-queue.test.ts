import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { createAnswerQueue } from "./answer-queue.ts";

it("writes answers in order, once all requests of the turn were looked at", async () => {
  const queue = createAnswerQueue();
  const written: string[] = [];
  const answer = { end: (body: string | Buffer) => written.push(String(body)) };
  queue.end(answer, "one");
  queue.end(answer, Buffer.from("two"));
  expect(written).toEqual([]);
  await turn();
  expect(written).toEqual(["one", "two"]);
});

it("writes an answer that comes while others are written, in the next turn", async () => {
  const queue = createAnswerQueue();
  const written: string[] = [];
  const later = { end: (body: string | Buffer) => written.push(String(body)) };
  queue.end({ end: (body) => (written.push(String(body)), queue.end(later, "three")) }, "one");
  queue.end(later, "two");
  await turn();
  expect(written).toEqual(["one", "two"]);
  await turn();
  expect(written).toEqual(["one", "two", "three"]);
});
