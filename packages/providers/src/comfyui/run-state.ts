import { isRecord } from "../http/is-record.ts";
import type { RunState } from "../provider.ts";
import { type HistoryEntry, outputFiles } from "./comfyui-runs.ts";

const FREE = { state: "none" } as const;

/** How a run ended, by its history. */
export function stateOfEntry(entry: HistoryEntry): RunState {
  const { status } = entry;
  const messages = status?.messages ?? [];
  if (messages.some(([name]) => name === "execution_interrupted")) return { state: "canceled", charge: FREE };
  const fault = messages.find(([name]) => name === "execution_error")?.[1];
  if (fault !== undefined || status?.status_str === "error") {
    return { state: "failed", charge: FREE, error: { code: "run.failed", message: wordsOfFault(fault) } };
  }
  // Older builds tell no status: then there are outputs or there was no success.
  if (status?.status_str === "success" || status?.completed === true || outputFiles(entry).length > 0) {
    return { state: "succeeded", charge: FREE };
  }
  const message = "ComfyUI ended the workflow without any result and without a reason.";
  return { state: "failed", charge: FREE, error: { code: "run.failed", message } };
}

function wordsOfFault(fault: unknown): string {
  const told = isRecord(fault) ? fault : {};
  const { node_type: node, exception_message: message } = told;
  const words = typeof message === "string" ? message.trim() : "ComfyUI says only that it failed.";
  return typeof node === "string" ? `${node}: ${words}` : words;
}
