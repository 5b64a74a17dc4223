/**
 * Raw answers of providers whose submit carries the result, kept durably from the moment they arrive until everything
 * in them is safe in the studio: a process that dies in between finds them again.
 */
export interface AnswerStore {
  /** Resolves when the bytes are on disk. The same name again replaces. */
  save(runId: string, name: string, body: AsyncIterable<Uint8Array> | Uint8Array): Promise<void>;
  /** `undefined` when there is none. */
  read(runId: string, name: string): Promise<Uint8Array | undefined>;
  /** Names of what is kept for a run, in no order. */
  names(runId: string): Promise<readonly string[]>;
  drop(runId: string): Promise<void>;
}

/** A download under way. */
export interface Download {
  readonly body: AsyncIterable<Uint8Array>;
  readonly mime: string | undefined;
  readonly sizeBytes: number | undefined;
}

/** What a provider is given by the studio that it works for. One for each provider. */
export interface ProviderHost {
  /** Values of the provider's settings by name as they are now; keys change while the studio runs. */
  settings(): Readonly<Record<string, string | undefined>>;
  /** Calls the provider's own API. Follows no redirect, so that no key leaves for another host. */
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>;
  /**
   * Downloads what a URL in an answer points to, without any key unless `headers` says so. Private addresses are
   * refused, behind redirects too, but for origins among the provider's own settings. Rejects with a `ProviderError`:
   * `result.missing` when it is gone, `provider.unavailable` for what may pass, `provider.answer-invalid` when refused.
   */
  download(url: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<Download>;
  /** Bytes of a blob of the studio. Rejects when it has none of that name. */
  readBlob(sha256: string): Promise<Uint8Array>;
  readonly answers: AnswerStore;
  /** Epoch ms. */
  now(): number;
}
