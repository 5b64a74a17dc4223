import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { installShutdown } from "./shutdown.ts";

function install(close: () => Promise<void>, deadlineMs = 1000) {
  const emitter = new EventEmitter();
  const exits: number[] = [];
  const faults: string[] = [];
  let nowMs = 0;
  const port = { on: emitter.on.bind(emitter), exit: (code: number) => void exits.push(code) };
  installShutdown({
    process: port,
    close,
    reportFault: (_fault, message) => void faults.push(message),
    deadlineMs,
    nowMs: () => nowMs,
  });
  return { emitter, exits, faults, advance: (ms: number) => void (nowMs += ms) };
}

const never = () => new Promise<void>(() => {});

describe("installShutdown", () => {
  it.each(["SIGINT", "SIGTERM"])("closes once and ends with 0 on %s", async (signal) => {
    const close = vi.fn<() => Promise<void>>(async () => {});
    const { emitter, exits } = install(close);
    emitter.emit(signal);
    await expect.poll(() => exits).toEqual([0]);
    expect(close).toHaveBeenCalledOnce();
  });

  it("ends at once on a second signal, but not when one Ctrl-C arrives twice", () => {
    const { emitter, exits, advance } = install(never);
    emitter.emit("SIGINT");
    emitter.emit("SIGINT");
    expect(exits).toEqual([]);
    advance(501);
    emitter.emit("SIGINT");
    expect(exits).toEqual([130]);
  });

  it("ends with 1 when closing takes too long", async () => {
    const { emitter, exits, faults } = install(never, 10);
    emitter.emit("SIGTERM");
    await expect.poll(() => exits).toEqual([1]);
    expect(faults).toEqual(["closing took longer than 10 ms; ending anyway"]);
  });

  it("ends with 1 when closing fails", async () => {
    const { emitter, exits, faults } = install(() => Promise.reject(new Error("disk")));
    emitter.emit("SIGTERM");
    await expect.poll(() => exits).toEqual([1]);
    expect(faults).toEqual(["closing failed"]);
  });

  it.each(["uncaughtException", "unhandledRejection"])(
    "closes in good order and ends with 1 on %s",
    async (event) => {
      const close = vi.fn<() => Promise<void>>(async () => {});
      const { emitter, exits, faults } = install(close);
      emitter.emit(event, new Error("bug"));
      emitter.emit(event, new Error("another, while closing"));
      await expect.poll(() => exits).toEqual([1]);
      expect(close).toHaveBeenCalledOnce();
      expect(faults).toEqual([event, event]);
    },
  );
});
