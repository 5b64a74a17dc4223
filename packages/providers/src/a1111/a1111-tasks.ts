import { type Static, Type } from "@sinclair/typebox";
import type { ProviderApi } from "../http/provider-api.ts";
import { ProviderError } from "../provider-error.ts";
import { taskOf } from "./a1111-requests.ts";

const Task = Type.Object({
  active: Type.Boolean(),
  queued: Type.Boolean(),
  completed: Type.Boolean(),
  progress: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  textinfo: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

/** How a task stands at the web UI, which remembers the last sixteen that it finished. */
export type TaskState = "queued" | "active" | "completed" | "unknown";

export interface TaskView {
  readonly state: TaskState;
  /** 0 to 1 */
  readonly progress: number;
  readonly step: string | undefined;
}

const UNKNOWN: TaskView = { state: "unknown", progress: 0, step: undefined };

/** Asks the web UI for tasks by the ids that we gave them, and interrupts them. */
export function createA1111Tasks({ api, base }: { readonly api: ProviderApi; readonly base: () => string }) {
  async function look(jobId: string, signal: AbortSignal): Promise<TaskView> {
    const json = { id_task: taskOf(jobId), id_live_preview: -1, live_preview: false };
    try {
      const url = `${base()}/internal/progress`;
      const { body } = await api.read(Task, { url, method: "POST", json, signal, missing: "run.missing" });
      return viewOf(body);
    } catch (error) {
      // Without its interface (--nowebui) there is no such call, and nothing to be known of a task.
      if (error instanceof ProviderError && error.code === "run.missing") return UNKNOWN;
      throw error;
    }
  }

  return {
    look,
    /**
     * Stops the task if it is the one at work. The call names none: a task that takes its place in this very moment
     * would be hit instead, so it is not sent on a guess.
     */
    async interrupt(jobId: string, signal: AbortSignal): Promise<boolean> {
      if ((await look(jobId, signal)).state !== "active") return false;
      await api.readRaw({ url: `${base()}/sdapi/v1/interrupt`, method: "POST", signal, attempts: 1 });
      return true;
    },
  };
}

function viewOf({ active, queued, completed, progress, textinfo }: Static<typeof Task>): TaskView {
  const state = active ? "active" : queued ? "queued" : completed ? "completed" : "unknown";
  const step = typeof textinfo === "string" && textinfo !== "" && active ? textinfo : undefined;
  return { state, progress: Math.min(1, Math.max(0, progress ?? 0)), step };
}
