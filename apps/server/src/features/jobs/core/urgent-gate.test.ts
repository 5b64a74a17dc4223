import { expect, it } from "vitest";
import { createUrgentGate } from "./urgent-gate.ts";

it("lets as many in as there is room for, then the most urgent of those who wait", async () => {
  const gate = createUrgentGate(1);
  const order: string[] = [];
  const leaveFirst = await gate.enter(undefined);
  const waiting = (
    [
      ["whenever", undefined],
      ["later", 20],
      ["soon", 10],
      ["later too", 20],
    ] as const
  ).map(async ([name, dueMs]) => {
    const leave = await gate.enter(dueMs);
    order.push(name);
    leave();
    leave();
  });
  await Promise.resolve();
  expect(order).toEqual([]);
  leaveFirst();
  await Promise.all(waiting);
  expect(order).toEqual(["soon", "later", "later too", "whenever"]);
});
