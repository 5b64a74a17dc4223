import type { GeneratedContent } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { keepPoster } from "./keep-poster.ts";
import type { ClipLook } from "./look-into-clip.ts";

export interface PosterMaker {
  /** Asks for a clip's poster, unless it has one; answers a function that takes the wish back. */
  want(content: GeneratedContent): () => void;
}

interface PosterMakerOptions {
  readonly client: Pick<SyncClient, "get" | "update" | "putBlob">;
  /** Opens a clip; rejects when it cannot be played here now. */
  readonly look: (content: GeneratedContent) => Promise<ClipLook>;
}

/**
 * Clips that came without a poster get one from the first browser that shows them, which also tells size and length
 * where the server could not. One clip at a time; one that cannot be played is not tried again until the next visit.
 */
export function createPosterMaker({ client, look }: PosterMakerOptions): PosterMaker {
  const wanted = new Map<string, GeneratedContent>();
  const tried = new Set<string>();
  let isAtWork = false;

  async function work(): Promise<void> {
    if (isAtWork) return;
    isAtWork = true;
    for (let [next] = wanted; next !== undefined; [next] = wanted) {
      const [id, content] = next;
      wanted.delete(id);
      tried.add(id);
      try {
        await make(content);
      } catch {
        // Its tile goes on showing that it is a clip.
      }
    }
    isAtWork = false;
  }

  async function make(content: GeneratedContent): Promise<void> {
    const { width, height, durationMs, poster } = await look(content);
    const kept = await keepPoster(client, poster);
    const now = client.get("contents", content.id);
    if (now?.blob === undefined || now.poster !== undefined || now.deletedAt !== undefined) return;
    // What the server read stands.
    const blob = { width, height, durationMs, ...now.blob };
    client.update("contents", content.id, { poster: kept, ...(now.blob.width === undefined && { blob }) });
  }

  return {
    want(content) {
      const { id, blob, poster, deletedAt } = content;
      const isDue = blob !== undefined && poster === undefined && deletedAt === undefined && !tried.has(id);
      if (!isDue) return () => undefined;
      wanted.set(id, content);
      void work();
      return () => void wanted.delete(id);
    },
  };
}
