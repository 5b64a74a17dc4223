import { isRecord } from "../http/is-record.ts";

/** How far a prompt is, as the messages of the socket tell it. */
export interface PromptProgress {
  /** Nodes that are behind it. */
  readonly done: ReadonlySet<string>;
  /** The node at work, and its own steps. */
  readonly node?: string;
  readonly value: number;
  readonly max: number;
}

export const UNBEGUN: PromptProgress = { done: new Set(), value: 0, max: 0 };

/** A message of the socket that concerns a prompt. `ended` when the prompt is through, however it went. */
export interface PromptMessage {
  readonly promptId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const ENDS: ReadonlySet<string> = new Set(["execution_success", "execution_error", "execution_interrupted"]);

/** Reads a text of the socket; `undefined` for what concerns no prompt or is no message. */
export function readPromptMessage(text: string): PromptMessage | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    // Progress is a courtesy: what cannot be read is passed over.
    return undefined;
  }
  if (!isRecord(message) || typeof message["type"] !== "string" || !isRecord(message["data"]))
    return undefined;
  const { type, data } = message;
  return typeof data["prompt_id"] === "string" ? { promptId: data["prompt_id"], type, data } : undefined;
}

export function isEnd({ type, data }: PromptMessage): boolean {
  return ENDS.has(type) || (type === "executing" && data["node"] === null);
}

/** The progress after a message. */
export function afterMessage(before: PromptProgress, { type, data }: PromptMessage): PromptProgress {
  switch (type) {
    case "execution_cached":
      return { ...before, done: new Set([...before.done, ...textsIn(data["nodes"])]) };
    case "executing": {
      const { node } = data;
      if (typeof node !== "string") return before;
      const done = before.node === undefined ? before.done : new Set([...before.done, before.node]);
      return { done, node, value: 0, max: 0 };
    }
    case "executed":
      return { ...before, done: new Set([...before.done, ...textsIn([data["node"]])]) };
    case "progress": {
      const { value, max, node } = data;
      if (typeof value !== "number" || typeof max !== "number") return before;
      return { ...before, ...(typeof node === "string" && { node }), value, max };
    }
    case "progress_state":
      return afterProgressState(before, data["nodes"]);
    default:
      return before;
  }
}

/** Newer builds tell the state of every node at once. */
function afterProgressState(before: PromptProgress, nodes: unknown): PromptProgress {
  if (!isRecord(nodes)) return before;
  const done = new Set(before.done);
  let current: Pick<PromptProgress, "node" | "value" | "max"> = before;
  for (const [id, node] of Object.entries(nodes)) {
    if (!isRecord(node)) continue;
    if (node["state"] === "finished") done.add(id);
    const { state, value, max } = node;
    if (state === "running" && typeof value === "number" && typeof max === "number") {
      current = { node: id, value, max };
    }
  }
  return { ...before, ...current, done };
}

/** Progress from 0 to 1 over all nodes, each weighing the same, and what is being done. */
export function shareOf(
  { done, node, value, max }: PromptProgress,
  workflow: Readonly<Record<string, unknown>>,
): { readonly progress: number; readonly step?: string } {
  const total = Object.keys(workflow).length;
  const isCurrent = node !== undefined && !done.has(node);
  const own = isCurrent && max > 0 ? Math.min(1, value / max) : 0;
  const progress = total === 0 ? 0 : Math.min(1, (done.size + own) / total);
  if (node === undefined) return { progress };
  const what = workflow[node];
  const name = isRecord(what) && typeof what["class_type"] === "string" ? what["class_type"] : `Node ${node}`;
  return { progress, step: max > 0 ? `${name} · ${value} of ${max}` : name };
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}
