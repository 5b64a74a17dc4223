import type { Charge, JobKind, JsonObject } from "@safelight/shared";
import type { TSchema } from "@sinclair/typebox";
import type { ProviderErrorCode } from "./provider-error.ts";

/** One model of a provider. `params` is the schema of a job's `params`, which forms are drawn from. */
export interface ProviderModel {
  readonly id: string;
  readonly name: string;
  readonly kind: JobKind;
  readonly params: TSchema;
  /** `false` where a negative prompt has no effect: it is refused then, and forms leave it out. */
  readonly takesNegativePrompt?: boolean;
}

/** A value that the owner of a studio gives a provider: a key, an address, an endpoint. */
export interface ProviderSetting {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** The environment variable that gives it; what the settings page holds goes before it. */
  readonly env: string;
  /** Kept in `secrets.json` and never shown again. */
  readonly isSecret: boolean;
  /** Without it nothing can be submitted. */
  readonly isRequired: boolean;
  /** Used when neither the settings page nor the environment says otherwise. */
  readonly default?: string;
}

/** What a provider can do, and what may be assumed of it. */
export interface ProviderCapabilities {
  readonly id: string;
  readonly name: string;
  readonly models: readonly ProviderModel[];
  readonly settings?: readonly ProviderSetting[];
  /** Whether work is paid for. */
  readonly paid: boolean;
  /** Whether the job's own id names the run, so that it can be found again after a lost answer. */
  readonly choosesOwnIds: boolean;
  /**
   * Whether a submit's answer is the result itself. Until it is there, the job's own id names the run, for `cancel`
   * and for what `watch` tells.
   */
  readonly answersWithResult?: boolean;
  /** How many runs may be under way at once. */
  readonly concurrency: number;
  /** How long to wait between two polls, in milliseconds. */
  readonly pollEveryMs: number;
  /** How long a submit may take before its answer counts as lost. Long where the answer carries the result. */
  readonly submitTimeoutMs?: number;
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

/** What a submit is given beside its request. */
export interface SubmitExtras {
  /** What `prepare` made of the same request. */
  readonly prepared?: JsonObject;
  /** Where the provider may report the run's end; unguessable, and made for this job alone. */
  readonly webhookUrl?: string;
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

/**
 * One result, as bytes to download once. Pictures and videos become contents, a `lora` becomes a trained model, `text`
 * (UTF-8) and `file` stay with their job. `details` go into the record's settings (seed, steps, …).
 */
export interface ProviderResult {
  readonly name: string;
  readonly type: "image" | "video" | "lora" | "text" | "file";
  readonly details: JsonObject;
  /** In lower-case hex, where the provider tells it: other bytes are refused. */
  readonly sha256?: string;
  /** Epoch ms after which the provider no longer has it: the most urgent is downloaded first. */
  readonly expiresAt?: number;
  open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** A run that a provider has, for "rescue" and for finding one whose answer was lost. */
export interface ListedRun {
  readonly remote: RemoteRun;
  readonly createdAt?: string;
  readonly kind?: JobKind;
  readonly model?: string;
  readonly prompt?: string;
  readonly params?: JsonObject;
}

/** What a "test connection" found. It costs nothing. */
export type ConnectionReport =
  | { readonly ok: true; readonly detail: string; readonly balanceUsd?: number }
  | { readonly ok: false; readonly code: ProviderErrorCode; readonly message: string };

/** Lines of a run's console, from number `after` on; `next` is the number to ask for then. */
export interface RunLines {
  readonly lines: readonly string[];
  readonly next: number;
}

/**
 * One provider. `submit` is called at most once per job and never retries; when its answer is lost it rejects with a
 * `ProviderError` of code `submit.lost`, and with any other code only when nothing was taken. Reads may be retried.
 */
export interface Provider {
  readonly capabilities: ProviderCapabilities;
  /** First fault of a request, or `undefined`. Costs nothing and touches no network. */
  check(request: ProviderRequest): { readonly path: string; readonly message: string } | undefined;
  /** What a request would cost: `none`, `estimated` with `usd`, or `unknown`. Never a guess. */
  estimate(request: ProviderRequest): Promise<Charge>;
  /** What costs nothing and may be done again: sends the inputs. What it returns is handed to `submit`. */
  prepare?(request: ProviderRequest, signal: AbortSignal): Promise<JsonObject>;
  submit(request: ProviderRequest, signal: AbortSignal, extras?: SubmitExtras): Promise<RemoteRun>;
  poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState>;
  cancel(remote: RemoteRun, signal: AbortSignal): Promise<void>;
  results(remote: RemoteRun, signal: AbortSignal): Promise<readonly ProviderResult[]>;
  /** Console of a run. */
  readLines?(remote: RemoteRun, after: number, signal: AbortSignal): Promise<RunLines>;
  /** The run that a call concerns; `undefined` for one that is forged, too old or not for us. Its body is not believed. */
  verifyWebhook?(
    headers: Readonly<Record<string, string>>,
    rawBody: Uint8Array,
  ): Promise<RemoteRun | undefined>;
  /** Runs that the provider has, newest first. */
  list?(signal: AbortSignal): Promise<readonly ListedRun[]>;
  /** Runs that can be the one that a lost submit began at `submittedAt` (epoch ms): same model, same input. */
  find?(request: ProviderRequest, submittedAt: number, signal: AbortSignal): Promise<readonly ListedRun[]>;
  /**
   * The run of this id as the one of a request, where runs cannot be looked for by their input: somebody read the id at
   * the provider, or a webhook told it. Touches no network, and promises nothing of the run.
   */
  named?(request: ProviderRequest, runId: string): Promise<RemoteRun>;
  /** Whether address and key are right. */
  testConnection?(signal: AbortSignal): Promise<ConnectionReport>;
  /** Everything of a run is safe in the studio: what is kept on its account may go. */
  forget?(remote: RemoteRun): Promise<void>;
  /** Called with the state of a run as it moves, where the provider can tell without being polled. */
  watch?(listener: (runId: string, state: RunState) => void): () => void;
  close(): Promise<void>;
}
