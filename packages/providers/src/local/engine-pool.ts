import { Worker } from "node:worker_threads";
import type { EngineReply, EngineRequest } from "./engine-messages.ts";
import type { PictureTask } from "./engine-model.ts";

/** Draws pictures on worker threads, a few at a time, in the order they were asked for. */
export interface EnginePool {
  /** Resolves to a PNG file. Rejects with the signal's reason when aborted, with an `Error` when drawing failed. */
  draw(task: PictureTask, options: DrawOptions): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface DrawOptions {
  readonly signal: AbortSignal;
  onProgress(progress: number, step: string): void;
}

export interface EnginePoolOptions {
  /** Most threads at once. */
  readonly threads: number;
  /** A thread with nothing to do is let go after this time. */
  readonly idleMs?: number;
}

interface Order {
  readonly taskId: number;
  readonly task: PictureTask;
  readonly options: DrawOptions;
  resolve(png: Uint8Array): void;
  reject(reason: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  order: Order | undefined;
  idleTimer: NodeJS.Timeout | undefined;
}

export function createEnginePool({ threads: maxThreads, idleMs = 20_000 }: EnginePoolOptions): EnginePool {
  const threads = new Set<Thread>();
  const waiting: Order[] = [];
  let nextTaskId = 1;
  let isClosed = false;

  function startThread(): Thread {
    const worker = new Worker(new URL("./engine-worker.ts", import.meta.url));
    const thread: Thread = { worker, order: undefined, idleTimer: undefined };
    threads.add(thread);
    worker.on("message", (reply: EngineReply) => takeReply(thread, reply));
    worker.on("error", (error) => dropThread(thread, error));
    worker.on("exit", () => dropThread(thread, new Error("The engine's thread ended.")));
    return thread;
  }

  /** A thread that died takes its picture along, and nothing else. */
  function dropThread(thread: Thread, reason: unknown): void {
    if (!threads.delete(thread)) return;
    clearTimeout(thread.idleTimer);
    thread.order?.reject(reason);
    thread.order = undefined;
    dispatch();
  }

  function takeReply(thread: Thread, reply: EngineReply): void {
    const { order } = thread;
    if (order === undefined || order.taskId !== reply.taskId) return;
    switch (reply.type) {
      case "progress":
        order.options.onProgress(reply.progress, reply.step);
        return;
      case "done":
        order.resolve(reply.png);
        break;
      case "failed":
        order.reject(new Error(reply.message));
        break;
      case "canceled":
        order.reject(order.options.signal.reason);
        break;
    }
    thread.order = undefined;
    dispatch();
  }

  function dispatch(): void {
    if (isClosed) return;
    while (waiting.length > 0) {
      const idle = [...threads].find((thread) => thread.order === undefined);
      const thread = idle ?? (threads.size < maxThreads ? startThread() : undefined);
      const order = thread === undefined ? undefined : waiting.shift();
      if (thread === undefined || order === undefined) break;
      clearTimeout(thread.idleTimer);
      thread.order = order;
      thread.worker.ref();
      send(thread, { type: "start", taskId: order.taskId, task: order.task });
    }
    for (const thread of threads) if (thread.order === undefined) rest(thread);
  }

  /** An idle thread keeps no process alive and is let go after a while. */
  function rest(thread: Thread): void {
    thread.worker.unref();
    clearTimeout(thread.idleTimer);
    thread.idleTimer = setTimeout(() => void end(thread), idleMs).unref();
  }

  async function end(thread: Thread): Promise<void> {
    threads.delete(thread);
    clearTimeout(thread.idleTimer);
    await thread.worker.terminate();
  }

  function cancel(order: Order): void {
    const place = waiting.indexOf(order);
    if (place >= 0) {
      waiting.splice(place, 1);
      order.reject(order.options.signal.reason);
      return;
    }
    for (const thread of threads) {
      if (thread.order === order) send(thread, { type: "cancel", taskId: order.taskId });
    }
  }

  function send(thread: Thread, message: EngineRequest): void {
    thread.worker.postMessage(message, []);
  }

  return {
    draw(task, options) {
      options.signal.throwIfAborted();
      return new Promise<Uint8Array>((resolve, reject) => {
        if (isClosed) {
          reject(new Error("The engine is closed."));
          return;
        }
        const stop = (): void => cancel(order);
        const order: Order = {
          taskId: nextTaskId++,
          task,
          options,
          resolve: (png) => {
            options.signal.removeEventListener("abort", stop);
            resolve(png);
          },
          reject: (reason) => {
            options.signal.removeEventListener("abort", stop);
            reject(reason);
          },
        };
        options.signal.addEventListener("abort", stop, { once: true });
        waiting.push(order);
        dispatch();
      });
    },
    async close() {
      isClosed = true;
      const reason = new Error("The engine is closed.");
      for (const order of waiting.splice(0)) order.reject(reason);
      for (const thread of threads) {
        thread.order?.reject(reason);
        thread.order = undefined;
      }
      await Promise.all([...threads].map((thread) => end(thread)));
    },
  };
}
