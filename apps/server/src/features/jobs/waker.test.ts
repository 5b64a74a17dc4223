import { describe, expect, it } from "vitest";
import { createWaker } from "./waker.ts";

async function timed(work: Promise<void>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

describe("a waker", () => {
  it("sleeps its time", async () => {
    const waker = createWaker(new AbortController().signal);
    expect(await timed(waker.sleep(40))).toBeGreaterThan(35);
  });

  it("is woken at once, or within a time, but never later than it would have been", async () => {
    const waker = createWaker(new AbortController().signal);
    const first = timed(waker.sleep(5000));
    waker.wake();
    expect(await first).toBeLessThan(1000);
    const second = timed(waker.sleep(5000));
    waker.wake(30);
    expect(await second).toBeGreaterThan(25);
    const third = timed(waker.sleep(30));
    waker.wake(5000);
    expect(await third).toBeLessThan(1000);
  });

  it("does not begin a sleep that it was woken from before, once", async () => {
    const waker = createWaker(new AbortController().signal);
    waker.wake();
    expect(await timed(waker.sleep(5000))).toBeLessThan(1000);
    expect(await timed(waker.sleep(40))).toBeGreaterThan(35);
  });

  it("ends with its signal, now and later", async () => {
    const abort = new AbortController();
    const waker = createWaker(abort.signal);
    const sleeping = timed(waker.sleep(5000));
    abort.abort();
    expect(await sleeping).toBeLessThan(1000);
    expect(await timed(waker.sleep(5000))).toBeLessThan(1000);
  });
});
