import type { WaitingBlob } from "@safelight/sync";
import { useState } from "react";
import { useWaiting } from "./use-waiting.ts";

/** How far the uploads are, in bytes, since the last time that none was waiting. */
export interface UploadProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** `undefined` when no bytes wait. */
export function useUploadProgress(): UploadProgress | undefined {
  const { blobs } = useWaiting();
  const [seen, setSeen] = useState<ReadonlyMap<string, number>>(new Map());
  const open = blobs.filter(({ refused }) => refused === undefined);
  if (open.some(({ sha256 }) => !seen.has(sha256))) {
    setSeen(new Map([...seen, ...open.map(({ sha256, sizeBytes }) => [sha256, sizeBytes] as const)]));
  } else if (open.length === 0 && seen.size > 0) setSeen(new Map());
  if (open.length === 0) return undefined;
  const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, size) => total + size, 0);
  const totalBytes = sum(seen.values());
  // What has left this device counts, short of the end: that is the server's to say.
  const leftBytes = ({ sizeBytes, sentBytes = 0 }: WaitingBlob) => Math.max(1, sizeBytes - sentBytes);
  return { totalBytes, doneBytes: totalBytes - sum(open.map(leftBytes)) };
}
