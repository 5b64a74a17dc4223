import { afterEach, describe, expect, it } from "vitest";
import type { PictureTask } from "./engine-model.ts";
import { createEnginePool, type EnginePool } from "./engine-pool.ts";

let pool: EnginePool;
afterEach(() => pool.close());

const task: PictureTask = {
  model: "sprite",
  prompt: "knight",
  negativePrompt: "",
  seed: 1,
  width: 32,
  height: 32,
  colours: 16,
  outline: true,
};
const options = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

describe("the engine's threads", () => {
  it("draw in the order of the requests, one at a time each", async () => {
    pool = createEnginePool({ threads: 1 });
    const ended: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (seed) => {
        await pool.draw({ ...task, seed }, options());
        ended.push(seed);
      }),
    );
    expect(ended).toEqual([1, 2, 3]);
  });

  it("go on after a picture that fails", async () => {
    pool = createEnginePool({ threads: 1 });
    await expect(pool.draw({ ...task, width: -1 }, options())).rejects.toBeInstanceOf(Error);
    expect((await pool.draw(task, options())).byteLength).toBeGreaterThan(0);
  });

  it("start again after a rest", async () => {
    pool = createEnginePool({ threads: 1, idleMs: 1 });
    await pool.draw(task, options());
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await pool.draw(task, options())).byteLength).toBeGreaterThan(0);
  });

  it("end what is under way when they are closed, and take nothing more", async () => {
    pool = createEnginePool({ threads: 1 });
    const drawn = Promise.allSettled([pool.draw(task, options()), pool.draw(task, options())]);
    await pool.close();
    expect((await drawn).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(pool.draw(task, options())).rejects.toThrow("closed");
  });
});
