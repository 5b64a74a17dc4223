import type { CollectionName } from "@safelight/shared";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "../../../api/fetch-json.ts";
import { sendJson } from "../../../api/send-json.ts";
import { shaped } from "../../../api/shaped.ts";
import { parseDifference, parseVersionsPage } from "./versions.ts";

const PAGE = 50;

export interface RecordPlace {
  readonly collection: CollectionName;
  readonly id: string;
}

const pathOf = ({ collection, id }: RecordPlace) => `/api/history/${collection}/${encodeURIComponent(id)}`;
const keyOf = ({ collection, id }: RecordPlace) => ["versions", collection, id];

/** Versions of a record, newest first, page by page. `rev` asks again when the record changes. */
export function useVersions(place: RecordPlace, rev: number | undefined) {
  return useInfiniteQuery({
    queryKey: [...keyOf(place), rev],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const before = pageParam === undefined ? "" : `&before=${pageParam}`;
      return parseVersionsPage(await fetchJson(`${pathOf(place)}?limit=${PAGE}${before}`, signal));
    },
    getNextPageParam: ({ nextBefore }) => nextBefore,
    placeholderData: (shown) => shown,
  });
}

/** What two versions differ in; `to` left out, the record as it is now. */
export function useDifference(
  place: RecordPlace,
  from: number | undefined,
  to: number | undefined,
  rev: number | undefined,
) {
  return useQuery({
    queryKey: [...keyOf(place), "diff", from, to, to === undefined ? rev : undefined],
    queryFn: async ({ signal }) => {
      const until = to === undefined ? "" : `&to=${to}`;
      return parseDifference(await fetchJson(`${pathOf(place)}/diff?from=${from}${until}`, signal));
    },
    enabled: from !== undefined,
  });
}

export interface RestoreAsked {
  readonly seq: number;
  readonly take: "record" | "lost";
}

/** Gives a record the state of one of its versions, or the values that gave way there. Resolves to its words of what was left out. */
export function useRestoreVersion(place: RecordPlace) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (asked: RestoreAsked) => {
      const { skipped } = shaped(await sendJson(`${pathOf(place)}/restore`, asked), { skipped: "list" });
      return skipped.flatMap((item) => {
        const { message } = shaped(item, { message: "string" });
        return [message];
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(place) }),
  });
}
