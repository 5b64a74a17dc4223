import { expect, test } from "vitest";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import type { Transport } from "../ports.ts";
import { createLazyLeader, type LazyLeaderOptions } from "./lazy-leader.ts";
import { createLinkBoard } from "./link-board.ts";

test("Y86: a part that cannot be loaded counts as offline, and is asked for again", async () => {
  const clock = createVirtualClock();
  const links = createLinkBoard(() => undefined);
  const log: string[] = [];
  let asked = 0;
  const load: LazyLeaderOptions["load"] = async () => {
    asked += 1;
    if (asked < 3) throw new TypeError("Failed to fetch dynamically imported module");
    return {
      createLeader: () => ({
        lead: async () => void log.push("leads"),
        wake: () => void log.push("wakes"),
        nudge: () => void log.push("nudged"),
      }),
    };
  };
  const parts = { clock, links, load, transport: async () => ({}) as Transport };
  const leader = createLazyLeader(parts as unknown as LazyLeaderOptions);
  leader.wake();
  const leading = leader.lead(new AbortController().signal);
  await clock.run(1000);
  expect({ asked, link: links.link() }).toEqual({ asked: 1, link: "offline" });
  await clock.run(3000);
  expect(asked).toBe(2);
  leader.nudge();
  await clock.settle();
  await leading;
  leader.wake();
  expect(log).toEqual(["leads", "wakes"]);
});
