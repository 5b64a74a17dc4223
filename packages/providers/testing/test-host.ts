import { ProviderError } from "../src/provider-error.ts";
import type { AnswerStore, ProviderHost } from "../src/provider-host.ts";

export interface TestHostOptions {
  readonly settings?: Readonly<Record<string, string | undefined>>;
  readonly blobs?: ReadonlyMap<string, Uint8Array>;
  readonly answers?: AnswerStore;
  readonly now?: () => number;
}

/** A host for adapters under test: answers in memory, real HTTP, downloads from this machine alone. */
export function createTestHost(_providerId: string, options: TestHostOptions = {}): ProviderHost {
  return {
    settings: () => options.settings ?? {},
    fetch: (url, init) => fetch(url, { ...init, redirect: "manual" }),
    async download(url, signal, headers = {}) {
      const answer = await fetchLocal(url, { signal, headers });
      if (answer.status === 404 || answer.status === 403 || answer.status === 410) {
        throw new ProviderError("result.missing", `The result is gone (${answer.status}).`);
      }
      if (!answer.ok || answer.body === null) {
        throw new ProviderError("provider.unavailable", `The result cannot be had (${answer.status}).`);
      }
      const length = answer.headers.get("content-length");
      return {
        body: answer.body,
        mime: answer.headers.get("content-type") ?? undefined,
        sizeBytes: length === null ? undefined : Number(length),
      };
    },
    async readBlob(sha256) {
      const bytes = options.blobs?.get(sha256);
      if (bytes === undefined) throw new Error(`There is no blob ${sha256}.`);
      return bytes;
    },
    answers: options.answers ?? createMemoryAnswers(),
    now: options.now ?? Date.now,
  };
}

export function createMemoryAnswers(): AnswerStore {
  const runs = new Map<string, Map<string, Uint8Array>>();
  return {
    async save(runId, name, body) {
      const bytes = body instanceof Uint8Array ? body : Buffer.concat(await Array.fromAsync(body));
      const files = runs.get(runId) ?? new Map<string, Uint8Array>();
      runs.set(runId, files.set(name, bytes));
    },
    read: async (runId, name) => runs.get(runId)?.get(name),
    names: async (runId) => [...(runs.get(runId)?.keys() ?? [])],
    drop: async (runId) => void runs.delete(runId),
  };
}

const MAX_REDIRECTS = 3;

/** Follows redirects, but never off the loopback address that fakes listen on. */
async function fetchLocal(
  url: string,
  init: { readonly signal: AbortSignal; readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  let next = url;
  for (let count = 0; count <= MAX_REDIRECTS; count += 1) {
    if (!URL.canParse(next) || new URL(next).hostname !== "127.0.0.1") {
      throw new ProviderError("provider.answer-invalid", "The result lies where it may not be fetched from.");
    }
    const answer = await fetch(next, { ...init, redirect: "manual" });
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || location === null) return answer;
    await answer.body?.cancel();
    next = new URL(location, next).href;
  }
  throw new ProviderError("provider.answer-invalid", "The result is redirected too often.");
}
