import type { CollectionName } from "@safelight/shared";
import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { parseVersions, type RecordVersion } from "./record-history.ts";

const NEWEST = 50;

/** The newest versions of a record; empty until the server has told them. `rev` asks again when the record changes. */
export function useRecordHistory(
  collection: CollectionName,
  id: string,
  rev: number | undefined,
): readonly RecordVersion[] {
  const { data } = useQuery({
    queryKey: ["history", collection, id, rev],
    queryFn: async ({ signal }) =>
      parseVersions(
        await fetchJson(`/api/history/${collection}/${encodeURIComponent(id)}?limit=${NEWEST}`, signal),
      ),
  });
  return data ?? [];
}
