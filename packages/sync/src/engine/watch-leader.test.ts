import { expect, test } from "vitest";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { createLeaderWatch } from "./watch-leader.ts";

test("Y82: a leader is asked within a second while anything waits, and now and then otherwise", async () => {
  const clock = createVirtualClock();
  const asked: number[] = [];
  let waiting = false;
  const startedAtMs = clock.now();
  const watch = createLeaderWatch({
    clock,
    tabs: { challenge: () => void asked.push(clock.now() - startedAtMs) },
    isLeader: () => false,
    isWaiting: () => waiting,
  });
  watch.start();
  await clock.run(12_000);
  waiting = true;
  // Another tab's row arrives, not one of this tab's.
  watch.expectDrain();
  watch.expectDrain();
  await clock.run(2000);
  waiting = false;
  await clock.run(12_000);
  watch.close();
  await clock.run(20_000);
  expect(asked).toEqual([10_000, 12_700, 13_600, 14_500, 24_500]);
});
