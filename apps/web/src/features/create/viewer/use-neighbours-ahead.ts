import { useEffect } from "react";
import { blobUrl } from "../../../components/picture-sources.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";

/** Larger originals are fetched only when they are looked at. */
const MOST_BYTES = 24_000_000;

/** Fetches and decodes the originals of the neighbours, so that stepping to them shows them at once. */
export function useNeighboursAhead(ids: readonly (string | undefined)[]): void {
  const client = useSyncClient();
  const key = ids.join(" ");
  useEffect(() => {
    const pictures = key
      .split(" ")
      .flatMap((id) => client.get("contents", id)?.blob ?? [])
      .filter(({ mime, sizeBytes }) => mime.startsWith("image/") && sizeBytes <= MOST_BYTES)
      .map(({ sha256 }) => {
        const picture = new Image();
        picture.src = blobUrl(sha256);
        // A neighbour that cannot be had says so when it is shown.
        picture.decode().catch(() => undefined);
        return picture;
      });
    return () => {
      for (const picture of pictures) picture.src = "";
    };
  }, [client, key]);
}
