import type { CollectionName } from "@safelight/shared";
import type { RecordVersion, VersionsPage } from "../../history.ts";
import type { PastSegment } from "./history-source.ts";
import { versionIn } from "./record-version.ts";

export interface VersionsRequest {
  readonly collection: CollectionName;
  readonly id: string;
  readonly limit: number;
  /** Exclusive. */
  readonly before: number;
}

/** Versions of one record, newest first. What is damaged or missing is left out. */
export async function readVersions(
  segments: readonly PastSegment[],
  { collection, id, limit, before }: VersionsRequest,
): Promise<VersionsPage> {
  const found: RecordVersion[] = [];
  for (const segment of segments.toReversed()) {
    if (segment.from >= before) continue;
    // One more than the page shows tells whether there is another.
    const wanted = limit + 1 - found.length;
    if (wanted <= 0) break;
    const here: RecordVersion[] = [];
    for await (const commit of segment.commits({ about: id, strict: false })) {
      if (commit.seq >= before) break;
      const version = versionIn(commit, collection, id);
      if (version === undefined) continue;
      here.push(version);
      if (here.length > wanted) here.shift();
    }
    found.push(...here.toReversed());
  }
  const versions = found.slice(0, limit);
  return { versions, nextBefore: found.length > limit ? versions.at(-1)?.seq : undefined };
}
