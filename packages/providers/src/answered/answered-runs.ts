import type { Charge } from "@safelight/shared";
import { UnreadableAnswerError } from "../http/parse-answer.ts";
import { lost } from "../http/submit-once.ts";
import { ProviderError } from "../provider-error.ts";
import type { RemoteRun, RunState } from "../provider.ts";
import type { AnsweredRuns, AnsweredRunsOptions, AnsweredSubmit } from "./answered-run.ts";
import { openKeptAnswers } from "./kept-answers.ts";
import type { KeptAnswer, Understood } from "./kept-answer.ts";

interface Flight {
  readonly run: AnsweredSubmit;
  readonly abort: AbortController;
  readonly seen: Uint8Array[];
  sent: Promise<RemoteRun>;
  /** The rest of a streamed answer. */
  rest: Promise<void>;
  isCanceled: boolean;
  reportedAt: number;
  state: Extract<RunState, { state: "queued" | "running" }>;
}

const REPORT_EVERY_MS = 1000;
const UNBEGUN = { state: "running", progress: 0 } as const;

export function createAnsweredRuns(options: AnsweredRunsOptions): AnsweredRuns {
  const { name, host, paid, understand, interrupt } = options;
  const kept = openKeptAnswers(host.answers);
  const flights = new Map<string, Flight>();
  const listeners = new Set<(runId: string, state: RunState) => void>();
  const unclear: Charge = { state: paid ? "unknown" : "none" };

  function tell(runId: string, state: RunState): void {
    for (const listener of listeners) listener(runId, state);
  }

  function report(runId: string, progress: number, step: string): void {
    const flight = flights.get(runId);
    if (flight === undefined) return;
    flight.state = { state: "running", progress, step };
    tell(runId, flight.state);
  }

  function stateOf({ run, seen, state }: Flight): RunState {
    if (run.describe === undefined || seen.length === 0) return state;
    return { ...UNBEGUN, step: run.describe(Buffer.concat(seen)) };
  }

  /** Sends, and takes the answer or its beginning. Whatever goes wrong here, the run is no longer under way. */
  async function launch(run: AnsweredSubmit, flight: Flight): Promise<RemoteRun> {
    const runId = run.request.jobId;
    const giveUp = (): void => flight.abort.abort(run.signal.reason);
    run.signal.addEventListener("abort", giveUp, { once: true });
    try {
      if (await kept.has(runId)) return { id: runId };
      await kept.begin(runId, run.keep);
      const response = await run.send(flight.abort.signal);
      if (isEventStream(response)) flight.rest = takeStream(run, flight, response);
      else await takeWhole(runId, response);
      return { id: runId };
    } catch (error) {
      if (flight.isCanceled) return { id: runId };
      await noteLoss(run, error);
      throw error;
    } finally {
      run.signal.removeEventListener("abort", giveUp);
      if (flight.rest === NOTHING) flights.delete(runId);
      else flight.rest = land(runId, flight.rest);
    }
  }

  /** The end of a stream. Never rejects: what the disk would not take of it is missing when it is polled. */
  async function land(runId: string, rest: Promise<void>): Promise<void> {
    await rest.catch(() => undefined);
    flights.delete(runId);
    await poll({ id: runId }).then(
      (state) => tell(runId, state),
      () => undefined,
    );
  }

  async function takeWhole(runId: string, response: Response): Promise<void> {
    const { brokenBy } = await kept.take(runId, response);
    if (brokenBy !== undefined) throw lost(`${name} took the request, but its answer broke off.`, brokenBy);
    await refuseUnreadable(runId);
  }

  /** From here on the run is under way like any other: it can be polled, watched and cancelled. */
  async function takeStream(run: AnsweredSubmit, flight: Flight, response: Response): Promise<void> {
    const runId = run.request.jobId;
    const { bytes, brokenBy } = await kept.takeStream(runId, response, (piece) => {
      flight.seen.push(piece);
      if (host.now() - flight.reportedAt < REPORT_EVERY_MS) return;
      flight.reportedAt = host.now();
      tell(runId, stateOf(flight));
    });
    if (bytes.byteLength > 0 || brokenBy === undefined || flight.isCanceled) return;
    const message = `The connection to ${name} broke before anything of the answer arrived.`;
    await kept.settle(runId, { error: { code: "run.interrupted", message }, charge: unclear });
  }

  /** What the store keeps of a submit that failed: nothing when it was refused, else what may explain it. */
  async function noteLoss(run: AnsweredSubmit, error: unknown): Promise<void> {
    const isLost = !(error instanceof ProviderError) || error.code === "submit.lost";
    if (!isLost || run.signal.reason === error) return kept.drop(run.request.jobId);
    const verdict = await run.whenLost?.();
    if (verdict !== undefined) await kept.settle(run.request.jobId, verdict);
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
    if (flight !== undefined) return stateOf(flight);
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
      if (underWay !== undefined) return underWay.sent;
      const flight: Flight = {
        run,
        abort: new AbortController(),
        seen: [],
        sent: Promise.resolve({ id: runId }),
        rest: NOTHING,
        isCanceled: false,
        reportedAt: 0,
        state: UNBEGUN,
      };
      flights.set(runId, flight);
      flight.sent = launch(run, flight);
      return flight.sent;
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
      await Promise.allSettled(underWay.map(({ sent }) => sent));
      await Promise.allSettled(underWay.map(({ rest }) => rest));
    },
  };
}

/** The rest of an answer that came in one piece. */
const NOTHING: Promise<void> = Promise.resolve();

function isEventStream({ headers }: Response): boolean {
  return /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
}
