import { describe, expect, it } from "vitest";
import { createBlockingWrites } from "./blocking-writes.ts";

describe("writes that the event loop stands still for", () => {
  it("are allowed on a fast disk, single slow ones among them", () => {
    const writes = createBlockingWrites();
    for (let at = 0; at < 1000; at += 1) {
      expect(writes.mayBlock()).toBe(true);
      writes.note(at % 50 === 49 ? 30 : 0.15);
    }
  });

  it("end on a slow disk after a few, and are tried again now and then", () => {
    const writes = createBlockingWrites();
    let blocked = 0;
    for (let at = 0; at < 6400; at += 1) {
      if (!writes.mayBlock()) continue;
      blocked += 1;
      writes.note(10);
    }
    expect(blocked).toBeLessThan(110);
    expect(blocked).toBeGreaterThan(90);
  });

  it("are allowed again when the disk has become fast", () => {
    const writes = createBlockingWrites();
    for (let at = 0; at < 100; at += 1) writes.note(10);
    for (let at = 0; at < 2000; at += 1) if (writes.mayBlock()) writes.note(0.1);
    for (let at = 0; at < 100; at += 1) expect(writes.mayBlock()).toBe(true);
  });
});
