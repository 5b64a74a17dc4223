import type { GeneratedContent } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { blobUrl } from "../../../components/picture-sources.ts";

export interface OriginalSource {
  readonly client: Pick<SyncClient, "localBlob">;
  /** What the service worker kept of an address. */
  readonly cached: (url: string) => Promise<Response | undefined>;
  readonly fetch: (url: string, options: { readonly signal: AbortSignal }) => Promise<Response>;
  readonly signal: AbortSignal;
}

/** The original bytes: this device's own, those that it has seen, or the server's; `undefined` when none can be had now. */
export async function readOriginal(
  { blob }: Pick<GeneratedContent, "blob">,
  { client, cached, fetch, signal }: OriginalSource,
): Promise<Blob | undefined> {
  if (blob === undefined) return undefined;
  const own = await client.localBlob(blob.sha256);
  if (own !== undefined) return own;
  const url = blobUrl(blob.sha256);
  const seen = await cached(url);
  if (seen?.ok === true) return seen.blob();
  try {
    const answer = await fetch(url, { signal });
    return answer.ok ? await answer.blob() : undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    // The server is away: what cannot be had is reported by the caller.
    return undefined;
  }
}
