import type { Charge, JobError, JsonObject } from "@safelight/shared";
import type { ProviderHost } from "../provider-host.ts";
import type { ListedRun, ProviderRequest, ProviderResult, RemoteRun, RunState } from "../provider.ts";
import type { KeptAnswer, Understood } from "./kept-answer.ts";

export interface AnsweredRunsOptions {
  /** The provider's name, for messages. */
  readonly name: string;
  readonly host: Pick<ProviderHost, "answers" | "now">;
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
  /** Gives the submit up. An answer that has begun to stream by then goes on. */
  readonly signal: AbortSignal;
  /** One request without retry, up to the head of its answer. */
  send(signal: AbortSignal): Promise<Response>;
  /** Says in words how far a streamed answer is, by what has arrived of it. */
  describe?(bytes: Uint8Array): string;
  /** Called when the answer was lost: what else tells how the run ended, if anything does. */
  whenLost?(): Promise<LostVerdict | undefined>;
}

export interface LostVerdict {
  readonly error: JobError;
  readonly charge: Charge;
}

/** Runs whose whole life is one request. Their raw answers are kept durably, and everything is read from there. */
export interface AnsweredRuns {
  /**
   * Resolves when the answer is kept, or once it begins to stream. Never sends a second time for a job whose answer is
   * kept or on its way.
   */
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
