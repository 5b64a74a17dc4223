import type { RunState } from "../provider.ts";
import {
  afterMessage,
  isEnd,
  type PromptMessage,
  type PromptProgress,
  shareOf,
  UNBEGUN,
} from "./follow-progress.ts";
import { createProgressSocket, type ProgressSocketOptions } from "./progress-socket.ts";

type Listener = (runId: string, state: RunState) => void;

/** A run whose messages are listened for. */
interface Followed {
  readonly runId: string;
  /** Empty until it is known. */
  workflow: Readonly<Record<string, unknown>>;
  progress: PromptProgress;
}

export interface ComfyuiWatchOptions extends Omit<ProgressSocketOptions, "onMessage"> {
  /** Called when the socket says that a prompt is through; what came of it is polled. */
  readonly onEnd: (runId: string, promptId: string) => Promise<RunState>;
}

/** Follows the prompts that are under way by ComfyUI's socket, which is open only as long as there are any. */
export function createComfyuiWatch({ url, headers, onEnd }: ComfyuiWatchOptions) {
  const followed = new Map<string, Followed>();
  const listeners = new Set<Listener>();
  const socket = createProgressSocket({ url, headers, onMessage: take });

  function tell(runId: string, state: RunState): void {
    for (const listener of listeners) listener(runId, state);
  }

  function take(message: PromptMessage): void {
    const run = followed.get(message.promptId);
    if (run === undefined) return;
    if (isEnd(message)) {
      // When it cannot be polled now, the runner's own poll finds it.
      onEnd(run.runId, message.promptId).then(
        (state) => tell(run.runId, state),
        () => undefined,
      );
      return;
    }
    run.progress = afterMessage(run.progress, message);
    tell(run.runId, { state: "running", ...shareOf(run.progress, run.workflow) });
  }

  function follow(promptId: string, runId: string, workflow: Readonly<Record<string, unknown>>): void {
    const known = followed.get(promptId);
    if (known === undefined) followed.set(promptId, { runId, workflow, progress: UNBEGUN });
    else if (Object.keys(known.workflow).length === 0) known.workflow = workflow;
    socket.open();
  }

  function leave(promptId: string): void {
    followed.delete(promptId);
    if (followed.size === 0) socket.close();
  }

  return {
    follow,
    leave,
    /** Connects before a prompt is sent, whose first messages would be missed otherwise. `leave` lets go again. */
    async expect(
      promptId: string,
      runId: string,
      workflow: Readonly<Record<string, unknown>>,
    ): Promise<void> {
      follow(promptId, runId, workflow);
      await socket.ready();
    },
    /** What the socket last told. */
    progressOf(promptId: string): { readonly progress: number; readonly step?: string } {
      const run = followed.get(promptId);
      return run === undefined ? { progress: 0 } : shareOf(run.progress, run.workflow);
    },
    listen(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: (): void => socket.close(),
  };
}
