import type { GeneratedContent } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { useEffect } from "react";
import { blobUrl } from "../../../components/picture-sources.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { lookIntoClip } from "./look-into-clip.ts";
import { createPosterMaker, type PosterMaker } from "./poster-maker.ts";

const makers = new WeakMap<SyncClient, PosterMaker>();

/** Sees to it that a clip which is shown has a poster. */
export function useClipPoster(content: GeneratedContent): void {
  const client = useSyncClient();
  useEffect(() => makerOf(client).want(content), [client, content]);
}

function makerOf(client: SyncClient): PosterMaker {
  const known = makers.get(client);
  if (known !== undefined) return known;
  const maker = createPosterMaker({ client, look: (content) => lookInto(client, content) });
  makers.set(client, maker);
  return maker;
}

async function lookInto(client: SyncClient, { blob }: GeneratedContent) {
  if (blob === undefined) throw new Error("The clip has no bytes.");
  const own = await client.localBlob(blob.sha256);
  if (own === undefined) return lookIntoClip(blobUrl(blob.sha256));
  const url = URL.createObjectURL(own);
  try {
    return await lookIntoClip(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
