import { ProviderError, type Provider, type ProviderHost, type ProviderSetting } from "@safelight/providers";
import type { FsPort, Store } from "@safelight/store";
import {
  createGuardedDownload,
  type GuardedDownload,
  GuardedDownloadError,
} from "../net/guarded-download.ts";
import { createAnswerFiles } from "./answer-files.ts";
import { type Environment, settingValues } from "./provider-settings.ts";
import { createStudioFetch } from "./studio-fetch.ts";
import type { StudioSecrets } from "./studio-secrets.ts";

/** Largest result that is taken, in bytes: a full model file is smaller. */
const MAX_RESULT_BYTES = 16 * 1024 ** 3;

export interface ProviderHostsOptions {
  readonly store: Pick<Store, "blobs">;
  readonly fs: FsPort;
  readonly secrets: StudioSecrets;
  readonly env: Environment;
  /** Which addresses an answer may send us to; public ones when left out. */
  readonly isAllowedAddress?: (address: string) => boolean;
}

export interface ProviderHosts {
  readonly hostOf: (providerId: string) => ProviderHost;
  /** Says which settings the providers have. Before that no provider has any value. */
  bind(providers: ReadonlyMap<string, Provider>): void;
}

/** What the studio gives its providers to work with. */
export function createProviderHosts(options: ProviderHostsOptions): ProviderHosts {
  const { store, fs, secrets, env, isAllowedAddress } = options;
  const known = new Map<string, readonly ProviderSetting[]>();

  function hostOf(providerId: string): ProviderHost {
    const settings = () => settingValues(providerId, known.get(providerId) ?? [], { secrets, env });
    const isOwnOrigin = (origin: string) => originsIn(Object.values(settings())).has(origin);
    const guard = isAllowedAddress === undefined ? {} : { isAllowedAddress };
    const download = createGuardedDownload({
      ...guard,
      isTrustedOrigin: isOwnOrigin,
      maxBytes: MAX_RESULT_BYTES,
    });
    return {
      settings,
      fetch: createStudioFetch({ ...guard, isTrustedOrigin: isOwnOrigin }),
      download: (url, signal, headers = {}) => downloadFor(download, url, { signal, headers }),
      readBlob: (sha256) => store.blobs.bytes(sha256),
      answers: createAnswerFiles(fs, `answers/${providerId}`),
      now: Date.now,
    };
  }

  return {
    hostOf,
    bind(providers) {
      for (const [id, { capabilities }] of providers) known.set(id, capabilities.settings ?? []);
    },
  };
}

/** The origins among a provider's settings: where its owner said that it may be reached. */
function originsIn(values: readonly (string | undefined)[]): ReadonlySet<string> {
  const origins = new Set<string>();
  for (const value of values) {
    if (value !== undefined && /^https?:\/\//i.test(value) && URL.canParse(value))
      origins.add(new URL(value).origin);
  }
  return origins;
}

async function downloadFor(
  download: GuardedDownload,
  url: string,
  asked: Parameters<GuardedDownload>[1],
): ReturnType<ProviderHost["download"]> {
  try {
    const answer = await download(url, asked);
    return { ...answer, body: withProviderErrors(answer.body) };
  } catch (error) {
    throw providerErrorOf(error);
  }
}

async function* withProviderErrors(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw providerErrorOf(error);
  }
}

function providerErrorOf(error: unknown): unknown {
  if (!(error instanceof GuardedDownloadError)) return error;
  const { fault, message, status = 0, retryAfterMs } = error;
  const cause = { cause: error, retryAfterMs };
  switch (fault) {
    case "invalid-url":
    case "not-allowed":
    case "too-many-redirects":
    case "too-large":
      return new ProviderError("provider.answer-invalid", message, cause);
    case "status":
      if (status === 429) return new ProviderError("provider.throttled", message, cause);
      // Storage answers 400, 401 or 403 for an address whose signature has expired.
      return new ProviderError(
        status >= 400 && status < 500 && status !== 408 ? "result.missing" : "provider.unavailable",
        message,
        cause,
      );
    case "timeout":
    case "aborted":
    case "failed":
      return new ProviderError("provider.unavailable", message, cause);
  }
}
