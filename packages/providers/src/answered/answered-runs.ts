import type { Charge, JobError, JsonObject } from "@safelight/shared";
import { UnreadableAnswerError } from "../http/parse-answer.ts";
import { lost } from "../http/submit-once.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ListedRun, ProviderRequest, ProviderResult, RemoteRun, RunState } from "../provider.ts";
import { openKeptAnswers } from "./kept-answers.ts";
import type { KeptAnswer, Understood } from "./kept-answer.ts";

export interface AnsweredRunsOptions {
  /** The provider's name, for messages. */
  readonly name: string;
  readonly host: Pick<ProviderHost, "answers">;
  readonly paid: boolean;
  /** Throws `UnreadableAnswerError` for an answer of another shape than agreed. */
  readonly understand: (kept: KeptAnswer) => Understood;
  /** Asks the provider to stop a run under way, so that its answer comes early; without it the connection is cut. */
  readonly interrupt?: (runId: string) => Promise<void>;
}

/** A submit whose answer carries the result. */
export interface AnsweredSubmit {
  readonly request: ProviderRequest;
  /** What `understand` needs of the request. On disk before anything is sent. */
  readonly keep: JsonObject;
  readonly signal: AbortSignal;
  /** Whether the answer is a slow stream whose beginning is worth having without its end. */
  readonly isStreamed?: boolean;
  /** Called with each piece of a streamed answer. */
  onBytes?(bytes: Uint8Array): void;
  /** One request without retry, up to the head of its answer. */
  send(signal: AbortSignal): Promise<Response>;
  /** Called when the answer was lost: what else tells how the run ended, if anything does. */
  whenLost?(): Promise<LostVerdict | undefined>;
}

export interface LostVerdict {
  readonly error: JobError;
  readonly charge: Charge;
}

interface Flight {
  readonly abort: AbortController;
  readonly done: Promise<RemoteRun>;
  readonly seen: Uint8Array[];
  isCanceled: boolean;
  state: Extract<RunState, { state: "queued" | "running" }>;
}

/** Runs whose whole life is one request. Their raw answers are kept durably, and everything is read from there. */
export interface AnsweredRuns {
  /** Never sends a second time for a job whose answer is kept or on its way. */
  submit(run: AnsweredSubmit): Promise<RemoteRun>;
  poll(remote: RemoteRun): Promise<RunState>;
  results(remote: RemoteRun): Promise<readonly ProviderResult[]>;
  cancel(remote: RemoteRun): Promise<void>;
  find(request: ProviderRequest): Promise<readonly ListedRun[]>;
  forget(remote: RemoteRun): Promise<void>;
  /** What has arrived of an answer so far. */
  bytesOf(runId: string): Promise<Uint8Array | undefined>;
  /** Whether the answer is still on its way. */
  isUnderWay(runId: string): boolean;
  /** Tells watchers how far a run under way is. */
  report(runId: string, progress: number, step: string): void;
  readonly watch: (listener: (runId: string, state: RunState) => void) => () => void;
  readonly close: () => Promise<void>;
}

export function createAnsweredRuns(options: AnsweredRunsOptions): AnsweredRuns {
  const { name, host, paid, understand, interrupt } = options;
  const kept = openKeptAnswers(host.answers);
  const flights = new Map<string, Flight>();
  const listeners = new Set<(runId: string, state: RunState) => void>();
  const unclear: Charge = { state: paid ? "unknown" : "none" };

  function report(runId: string, progress: number, step: string): void {
    const flight = flights.get(runId);
    if (flight === undefined) return;
    flight.state = { state: "running", progress, step };
    for (const listener of listeners) listener(runId, flight.state);
  }

  async function fly(run: AnsweredSubmit, flight: Omit<Flight, "done">): Promise<RemoteRun> {
    const runId = run.request.jobId;
    const remote = { id: runId };
    if (await kept.has(runId)) return remote;
    await kept.begin(runId, run.keep);
    const signal = AbortSignal.any([run.signal, flight.abort.signal]);
    try {
      const response = await run.send(signal);
      const isStreamed = run.isStreamed === true;
      const onBytes = (bytes: Uint8Array): void => {
        flight.seen.push(bytes);
        run.onBytes?.(bytes);
      };
      const { brokenBy } = isStreamed
        ? await kept.takeStream(runId, response, onBytes)
        : await kept.take(runId, response);
      if (brokenBy !== undefined && !(isStreamed && (await kept.has(runId)))) {
        throw lost(`${name} took the request, but its answer broke off.`, brokenBy);
      }
      await refuseUnreadable(runId);
      return remote;
    } catch (error) {
      if (flight.isCanceled) return remote;
      const isLost = !(error instanceof ProviderError) || error.code === "submit.lost";
      if (!isLost || signal.reason === error) await kept.drop(runId);
      else {
        const verdict = await run.whenLost?.();
        if (verdict !== undefined) await kept.settle(runId, verdict);
      }
      throw error;
    }
  }

  /** What cannot be understood is kept all the same, for a look at what it was. */
  async function refuseUnreadable(runId: string): Promise<void> {
    const answer = await kept.read(runId);
    try {
      if (answer !== undefined) understand(answer);
    } catch (error) {
      if (!(error instanceof UnreadableAnswerError)) throw error;
      throw lost(`${name} took the request, but its answer cannot be read.`, error);
    }
  }

  function judge(answer: KeptAnswer): Understood {
    try {
      return understand(answer);
    } catch (error) {
      if (!(error instanceof UnreadableAnswerError)) throw error;
      const message = `${name} answered something that cannot be read: ${error.message}`;
      return { state: "failed", charge: unclear, error: { code: "provider.answer-invalid", message } };
    }
  }

  async function poll({ id }: RemoteRun): Promise<RunState> {
    const flight = flights.get(id);
    if (flight !== undefined) return flight.state;
    const answer = await kept.read(id);
    const isCanceled = await kept.isCanceled(id);
    if (answer === undefined) {
      if (isCanceled) return { state: "canceled", charge: unclear };
      const verdict = await kept.verdict(id);
      return verdict === undefined ? { state: "missing" } : { state: "failed", ...verdict };
    }
    const understood = judge(answer);
    const { charge } = understood;
    if (isCanceled) return { state: "canceled", charge };
    return understood.state === "failed"
      ? { state: "failed", error: understood.error, charge }
      : { state: "succeeded", charge };
  }

  return {
    async submit(run) {
      const runId = run.request.jobId;
      run.signal.throwIfAborted();
      const underWay = flights.get(runId);
      if (underWay !== undefined) return underWay.done;
      const state = { state: "running", progress: 0 } as const;
      const begun: Omit<Flight, "done"> = {
        abort: new AbortController(),
        seen: [],
        isCanceled: false,
        state,
      };
      const done = fly(run, begun).finally(() => flights.delete(runId));
      flights.set(runId, Object.assign(begun, { done }));
      return done;
    },
    poll,
    async results(remote) {
      const state = await poll(remote);
      if (state.state === "missing") throw new ProviderError("run.missing", `${name} keeps no such run.`);
      const answer = await kept.read(remote.id);
      const understood = state.state === "succeeded" && answer !== undefined ? judge(answer) : undefined;
      if (understood?.state !== "succeeded") {
        throw new ProviderError("result.missing", "The run has no results.");
      }
      return understood.results;
    },
    async cancel({ id }) {
      const flight = flights.get(id);
      if (flight === undefined || flight.isCanceled) return;
      // Before anything is stopped, so that a process that dies now knows why there is no answer.
      await kept.markCanceled(id);
      flight.isCanceled = true;
      if (interrupt === undefined) flight.abort.abort();
      else await interrupt(id);
    },
    async find({ jobId, kind, prompt, params, model }) {
      const isKnown =
        flights.has(jobId) || (await kept.has(jobId)) || (await kept.verdict(jobId)) !== undefined;
      const described = { remote: { id: jobId }, kind, prompt, params };
      return isKnown ? [{ ...described, ...(model !== undefined && { model }) }] : [];
    },
    forget: ({ id }) => kept.drop(id),
    async bytesOf(runId) {
      const flight = flights.get(runId);
      return flight === undefined ? (await kept.read(runId))?.bytes : Buffer.concat(flight.seen);
    },
    isUnderWay: (runId) => flights.has(runId),
    report,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      const underWay = [...flights.values()];
      for (const flight of underWay) flight.abort.abort();
      await Promise.allSettled(underWay.map(({ done }) => done));
    },
  };
}
