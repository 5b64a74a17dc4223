import { availableParallelism } from "node:os";
import type { Charge } from "@safelight/shared";
import { checkRequest, modelFor } from "../check-request.ts";
import { ProviderError } from "../provider-error.ts";
import type { Provider, ProviderResult, RunState } from "../provider.ts";
import { createEnginePool } from "./engine-pool.ts";
import { LOCAL_MODELS } from "./local-models.ts";
import { createRunTable, type EngineRun } from "./run-table.ts";

export interface LocalProviderOptions {
  /** Pictures drawn at once; one or two, leaving a core to the studio. */
  readonly threads?: number;
  /** How long a finished run stays after its files were read. */
  readonly keepFetchedMs?: number;
  /** Most bytes of finished files in memory; beyond it the oldest are forgotten, and would be drawn again. */
  readonly maxBytes?: number;
  readonly now?: () => number;
}

const FREE: Charge = { state: "none" };
const TEN_MINUTES_MS = 600_000;
const MAX_BYTES = 256 * 1024 * 1024;

/** The built-in engine: no key, no network, no cost; the same request gives the same bytes. Runs live in memory. */
export function createLocalProvider(options: LocalProviderOptions = {}): Provider {
  const threads = options.threads ?? Math.min(2, Math.max(1, availableParallelism() - 1));
  const now = options.now ?? Date.now;
  const pool = createEnginePool({ threads });
  const runs = createRunTable({
    keepFetchedMs: options.keepFetchedMs ?? TEN_MINUTES_MS,
    maxBytes: options.maxBytes ?? MAX_BYTES,
  });
  const listeners = new Set<(runId: string, state: RunState) => void>();

  function move(run: EngineRun, state: RunState): void {
    run.state = state;
    for (const listener of listeners) listener(run.id, state);
  }

  function stepWords(run: EngineRun, index: number, step: string): string {
    return run.pictures.length === 1 ? step : `Picture ${index + 1} of ${run.pictures.length} · ${step}`;
  }

  async function work(run: EngineRun): Promise<void> {
    try {
      for (const [index, { task }] of run.pictures.entries()) {
        const png = await pool.draw(task, {
          signal: run.abort.signal,
          onProgress(progress, step) {
            if (run.abort.signal.aborted) return;
            const share = (index + progress) / run.pictures.length;
            move(run, { state: "running", progress: share, step: stepWords(run, index, step) });
          },
        });
        run.files.push(png);
      }
      end(run, { state: "succeeded", charge: FREE });
    } catch (error) {
      run.files.length = 0;
      if (run.abort.signal.aborted) end(run, { state: "canceled", charge: FREE });
      else {
        const message = error instanceof Error ? error.message : String(error);
        end(run, { state: "failed", error: { code: "engine.failed", message }, charge: FREE });
      }
    }
  }

  function end(run: EngineRun, state: RunState): void {
    run.endedAt = now();
    if (state.state !== "succeeded") run.fetchedAt = run.endedAt;
    move(run, state);
    runs.sweep(now());
  }

  function resultOf(run: EngineRun, index: number): ProviderResult {
    return {
      name: `${run.model.id}-${index + 1}.png`,
      type: "image",
      details: run.pictures[index]?.details ?? {},
      async open(signal) {
        signal.throwIfAborted();
        const file = run.files[index];
        if (file === undefined) throw new ProviderError("result.missing", "The picture is no longer here.");
        run.fetchedAt = now();
        return chunksOf(file);
      },
    };
  }

  return {
    capabilities: {
      id: "local",
      name: "Built-in engine",
      models: LOCAL_MODELS.map(({ id, name, kind, params }) => ({ id, name, kind, params })),
      paid: false,
      choosesOwnIds: true,
      concurrency: threads,
      pollEveryMs: 1000,
    },
    check: (request) => checkRequest(LOCAL_MODELS, request),
    estimate: async () => FREE,
    async submit(request, signal) {
      signal.throwIfAborted();
      const fault = checkRequest(LOCAL_MODELS, request);
      const model = modelFor(LOCAL_MODELS, request);
      if (fault !== undefined || model === undefined) {
        throw new ProviderError(
          "request.invalid",
          `${fault?.path ?? "/model"}: ${fault?.message ?? "unknown"}`,
        );
      }
      runs.sweep(now());
      const known = runs.get(request.jobId);
      if (known === undefined || known.state.state === "canceled" || known.state.state === "failed") {
        const run: EngineRun = {
          id: request.jobId,
          model,
          pictures: model.plan(request),
          files: [],
          abort: new AbortController(),
          state: { state: "queued", progress: 0 },
        };
        runs.add(run);
        void work(run);
      }
      return { id: request.jobId };
    },
    async poll(remote) {
      return runs.get(remote.id)?.state ?? { state: "missing" };
    },
    async cancel(remote) {
      const run = runs.get(remote.id);
      if (run?.endedAt === undefined) run?.abort.abort();
    },
    async results(remote) {
      const run = runs.get(remote.id);
      if (run === undefined) throw new ProviderError("run.missing", "The engine does not know this run.");
      if (run.state.state !== "succeeded") {
        throw new ProviderError("result.missing", "The run has no results yet.");
      }
      return run.pictures.map((_, index) => resultOf(run, index));
    },
    async list() {
      return [...runs.all()].map((run) => ({
        remote: { id: run.id },
        prompt: run.pictures[0]?.task.prompt ?? "",
      }));
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      for (const run of runs.all()) run.abort.abort();
      await pool.close();
    },
  };
}

const CHUNK_BYTES = 64 * 1024;

async function* chunksOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.byteLength; start += CHUNK_BYTES) {
    yield file.subarray(start, start + CHUNK_BYTES);
  }
}
