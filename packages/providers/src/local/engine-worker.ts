import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { drawPicture } from "./draw-picture.ts";
import { encodePng } from "./encode-png.ts";
import type { EngineReply, EngineRequest } from "./engine-messages.ts";

/** The entry of the worker thread: draws one picture at a time and answers by messages. */
const port = parentPort;
if (port === null) throw new Error("This file runs on a worker thread.");

let canceledTaskId: number | undefined;

function reply(message: EngineReply, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

async function run(request: Extract<EngineRequest, { type: "start" }>): Promise<void> {
  const { taskId, task } = request;
  const drawing = drawPicture(task);
  let drawn = drawing.next();
  while (drawn.done !== true) {
    reply({ type: "progress", taskId, ...drawn.value });
    // Lets a cancellation in.
    await setImmediate();
    if (canceledTaskId === taskId) {
      reply({ type: "canceled", taskId });
      return;
    }
    drawn = drawing.next();
  }
  const png = await encodePng(drawn.value);
  reply({ type: "done", taskId, png }, [png.buffer]);
}

port.on("message", (request: EngineRequest) => {
  if (request.type === "cancel") {
    canceledTaskId = request.taskId;
    return;
  }
  run(request).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    reply({ type: "failed", taskId: request.taskId, message });
  });
});
