import type { Charge, JobKind, JsonObject } from "@safelight/shared";
import type { TSchema } from "@sinclair/typebox";

/** One model of a provider. `params` is the schema of a job's `params`, which forms are drawn from. */
export interface ProviderModel {
  readonly id: string;
  readonly name: string;
  readonly kind: JobKind;
  readonly params: TSchema;
}

/** What a provider can do, and what may be assumed of it. */
export interface ProviderCapabilities {
  readonly id: string;
  readonly name: string;
  readonly models: readonly ProviderModel[];
  /** Whether work is paid for. */
  readonly paid: boolean;
  /** Whether the job's own id names the run, so that it can be found again after a lost answer. */
  readonly choosesOwnIds: boolean;
  /** How many runs may be under way at once. */
  readonly concurrency: number;
  /** How long to wait between two polls, in milliseconds. */
  readonly pollEveryMs: number;
}

/** What is asked of a provider: the parts of a job record that concern it. */
export interface ProviderRequest {
  readonly jobId: string;
  readonly kind: JobKind;
  readonly model?: string;
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly params: JsonObject;
}

/** How a provider names a run. Stored in the job as `remote` before anything else happens. */
export interface RemoteRun {
  readonly id: string;
  readonly [detail: string]: string | number | boolean;
}

export type RunState =
  | { readonly state: "queued" | "running"; readonly progress: number; readonly step?: string }
  | { readonly state: "succeeded"; readonly charge: Charge }
  | {
      readonly state: "failed";
      readonly error: { readonly code: string; readonly message: string };
      readonly charge: Charge;
    }
  | { readonly state: "canceled"; readonly charge: Charge }
  /** The provider does not know the run: it may never have been taken, or be long gone. */
  | { readonly state: "missing" };

/** One result, as bytes to download once. `details` go into the content's `config` (seed, steps, …). */
export interface ProviderResult {
  readonly name: string;
  readonly type: "image" | "video" | "file";
  readonly details: JsonObject;
  open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** A run that a provider has, for "rescue". */
export interface ListedRun {
  readonly remote: RemoteRun;
  readonly createdAt?: string;
  readonly prompt?: string;
}

/**
 * One provider. `submit` is called at most once per job and never retries; when its answer is lost it rejects with a
 * `ProviderError` of code `submit.lost`, and with any other code only when nothing was taken. Reads may be retried.
 */
export interface Provider {
  readonly capabilities: ProviderCapabilities;
  /** First fault of a request, or `undefined`. Costs nothing and touches no network. */
  check(request: ProviderRequest): { readonly path: string; readonly message: string } | undefined;
  estimate(request: ProviderRequest): Promise<Charge>;
  submit(request: ProviderRequest, signal: AbortSignal): Promise<RemoteRun>;
  poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState>;
  cancel(remote: RemoteRun, signal: AbortSignal): Promise<void>;
  results(remote: RemoteRun, signal: AbortSignal): Promise<readonly ProviderResult[]>;
  verifyWebhook?(
    headers: Readonly<Record<string, string>>,
    rawBody: Uint8Array,
  ): Promise<RemoteRun | undefined>;
  list?(signal: AbortSignal): Promise<readonly ListedRun[]>;
  /** Called with the state of a run as it moves, where the provider can tell without being polled. */
  watch?(listener: (runId: string, state: RunState) => void): () => void;
  close(): Promise<void>;
}
