import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { isRecord } from "../http/is-record.ts";
import type { ProviderApi } from "../http/provider-api.ts";
import type { RemoteRun } from "../provider.ts";
import { promptIdOf } from "./prompt-id.ts";

/** `[number, prompt_id, workflow, extra_data, outputs]` */
const QueueItem = Type.Array(Type.Unknown(), { minItems: 2 });
const Queue = Type.Object({ queue_running: Type.Array(QueueItem), queue_pending: Type.Array(QueueItem) });

const OutputFile = Type.Object({
  filename: Type.String({ minLength: 1 }),
  subfolder: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
});
export type OutputFile = Static<typeof OutputFile>;

const Entry = Type.Object({
  prompt: Type.Optional(QueueItem),
  outputs: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
  status: Type.Optional(
    Type.Union([
      Type.Object({
        status_str: Type.Optional(Type.String()),
        completed: Type.Optional(Type.Boolean()),
        messages: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.Unknown()]))),
      }),
      Type.Null(),
    ]),
  ),
});
export type HistoryEntry = Static<typeof Entry>;
const History = Type.Record(Type.String(), Entry);

/** What we write into a prompt's `extra_data`, which ComfyUI keeps: our job, whatever id the prompt got. */
export const Mark = Type.Object({
  job: Type.String(),
  model: Type.Optional(Type.String()),
  prompt: Type.Optional(Type.String()),
  details: Type.Optional(Type.Record(Type.String(), Type.Any())),
});
export type Mark = Static<typeof Mark>;
export const MARK_NAME = "safelight";

/** Where a run is at ComfyUI. */
export type Place =
  | { readonly at: "pending"; readonly promptId: string; readonly before: number }
  | { readonly at: "running"; readonly promptId: string; readonly nodes: Readonly<Record<string, unknown>> }
  | { readonly at: "history"; readonly promptId: string; readonly entry: HistoryEntry }
  | { readonly at: "nowhere" };

const HISTORY_MAX_BYTES = 128 * 1024 * 1024;
/** How far back the history is searched for a prompt whose id is not known. */
const SEARCHED_ENTRIES = 200;

/** Finds runs in ComfyUI's queue and history. */
export function createComfyuiRuns({ api, base }: { readonly api: ProviderApi; readonly base: () => string }) {
  async function history(query: string, signal: AbortSignal): Promise<Static<typeof History>> {
    const url = `${base()}/history${query}`;
    return (await api.read(History, { url, signal, maxBytes: HISTORY_MAX_BYTES })).body;
  }

  return {
    /**
     * The queue first: a run that leaves it is in the history by then, so that it is nowhere only when ComfyUI does
     * not have it.
     */
    async locate(remote: RemoteRun, signal: AbortSignal): Promise<Place> {
      const { body: queue } = await api.read(Queue, { url: `${base()}/queue`, signal });
      const known = typeof remote["promptId"] === "string" ? remote["promptId"] : undefined;
      const promptId = known ?? promptIdOf(remote.id);
      const isIt = (item: readonly unknown[]) => item[1] === promptId || markIn(item)?.job === remote.id;
      const running = queue.queue_running.find(isIt);
      if (running !== undefined) {
        const nodes = isRecord(running[2]) ? running[2] : {};
        return { at: "running", promptId: String(running[1]), nodes };
      }
      const pending = queue.queue_pending.toSorted((one, other) => Number(one[0]) - Number(other[0]));
      const before = pending.findIndex(isIt);
      if (before >= 0) {
        const waiting = before + queue.queue_running.length;
        return { at: "pending", promptId: String(pending[before]?.[1]), before: waiting };
      }
      const entry = (await history(`/${encodeURIComponent(promptId)}`, signal))[promptId];
      if (entry !== undefined) return { at: "history", promptId, entry };
      if (known !== undefined) return { at: "nowhere" };
      // Older builds choose the id themselves.
      const recent = Object.entries(await history(`?max_items=${SEARCHED_ENTRIES}`, signal));
      const found = recent.find(([, candidate]) => markIn(candidate.prompt)?.job === remote.id);
      return found === undefined ? { at: "nowhere" } : { at: "history", promptId: found[0], entry: found[1] };
    },
    /** Newest first. */
    async recent(signal: AbortSignal): Promise<readonly (readonly [string, HistoryEntry])[]> {
      return Object.entries(await history(`?max_items=${SEARCHED_ENTRIES}`, signal)).toReversed();
    },
  };
}

export function markIn(item: readonly unknown[] | undefined): Mark | undefined {
  const extra = item?.[3];
  const mark = isRecord(extra) ? extra[MARK_NAME] : undefined;
  return Value.Check(Mark, mark) ? mark : undefined;
}

/** When the prompt came in, in epoch ms; older builds do not tell. */
export function createdAtOf({ prompt, status }: HistoryEntry): number | undefined {
  const extra = prompt?.[3];
  if (isRecord(extra) && typeof extra["create_time"] === "number") return extra["create_time"];
  const start = status?.messages?.find(([name]) => name === "execution_start")?.[1];
  return isRecord(start) && typeof start["timestamp"] === "number" ? start["timestamp"] : undefined;
}

/** The files of an entry: what nodes saved, or their previews when nothing was saved. */
export function outputFiles({ outputs }: HistoryEntry): readonly OutputFile[] {
  const all = Object.values(outputs)
    .flatMap((output) => Object.values(output))
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter((file): file is OutputFile => Value.Check(OutputFile, file));
  const saved = all.filter(({ type = "output" }) => type === "output");
  return saved.length > 0 ? saved : all;
}
