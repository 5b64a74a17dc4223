import {
  checkRequest,
  type Provider,
  type ProviderCapabilities,
  ProviderError,
  type ProviderRequest,
  type ProviderResult,
  type RunState,
} from "@safelight/providers";
import { Type } from "@sinclair/typebox";
import { onePixelPng } from "./one-pixel-png.ts";

/** A provider whose every answer a test decides, and which remembers what was asked of it. */
export interface ScriptedProvider extends Provider {
  /** Job ids of the submits that arrived, in their order. */
  readonly submits: string[];
  readonly cancels: string[];
  readonly polls: string[];
  /** How often results were opened. */
  readonly opened: string[];
  /** The runs that the provider has. */
  readonly runs: Map<string, RunState>;
  /** What happens to a submit after it arrived; the default takes the run and leaves it running. */
  onSubmit: (request: ProviderRequest) => Promise<void> | void;
  onPoll: (runId: string) => Promise<void> | void;
  onOpen: (runId: string, index: number) => Promise<void> | void;
  resultCount: number;
  /** Moves a run and tells those who watch. */
  move(runId: string, state: RunState): void;
}

export function createScriptedProvider(overrides: Partial<ProviderCapabilities> = {}): ScriptedProvider {
  const params = Type.Object({ steps: Type.Optional(Type.Integer()) }, { additionalProperties: false });
  const capabilities: ProviderCapabilities = {
    id: "scripted",
    name: "Scripted",
    models: [{ id: "still", name: "Still", kind: "image", params }],
    paid: false,
    choosesOwnIds: true,
    concurrency: 2,
    pollEveryMs: 10,
    ...overrides,
  };
  const listeners = new Set<(runId: string, state: RunState) => void>();

  function resultsOf(runId: string): readonly ProviderResult[] {
    return Array.from({ length: provider.resultCount }, (_, index) => ({
      name: `still-${index + 1}.png`,
      type: "image" as const,
      details: { seed: 7 + index, steps: 4 },
      async open() {
        provider.opened.push(`${runId}#${index}`);
        await provider.onOpen(runId, index);
        const png = await onePixelPng(index);
        return (async function* chunks() {
          yield png;
        })();
      },
    }));
  }

  const provider: ScriptedProvider = {
    capabilities,
    submits: [],
    cancels: [],
    polls: [],
    opened: [],
    runs: new Map(),
    onSubmit: () => undefined,
    onPoll: () => undefined,
    onOpen: () => undefined,
    resultCount: 1,
    move(runId, state) {
      provider.runs.set(runId, state);
      for (const listener of listeners) listener(runId, state);
    },
    check: (request) => checkRequest(capabilities.models, request),
    estimate: async () => ({ state: "none" }),
    async submit(request) {
      provider.submits.push(request.jobId);
      await provider.onSubmit(request);
      const id = capabilities.choosesOwnIds ? request.jobId : `run-of-${request.jobId}`;
      if (!provider.runs.has(id)) provider.runs.set(id, { state: "running", progress: 0 });
      return { id };
    },
    async poll(remote) {
      provider.polls.push(remote.id);
      await provider.onPoll(remote.id);
      return provider.runs.get(remote.id) ?? { state: "missing" };
    },
    async cancel(remote) {
      provider.cancels.push(remote.id);
      provider.move(remote.id, { state: "canceled", charge: { state: "none" } });
    },
    async results(remote) {
      if (!provider.runs.has(remote.id)) throw new ProviderError("run.missing", "No such run.");
      return resultsOf(remote.id);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => undefined,
  };
  return provider;
}
