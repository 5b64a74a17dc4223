import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "../../../api/fetch-json.ts";
import { parseBudgetUse, parseSpend } from "./spend.ts";

/** What was spent in a period of days, in groups. `version` asks again when something was spent. */
export function useSpend(query: { readonly from: string; readonly by: string }, version: string) {
  return useQuery({
    queryKey: ["ledger", query, version],
    queryFn: async ({ signal }) =>
      parseSpend(await fetchJson(`/api/ledger?from=${query.from}&by=${query.by}`, signal)),
    placeholderData: (before) => before,
  });
}

/** A budget that was just set is not at the server yet: how soon to ask again, in milliseconds. */
const ASK_AGAIN_MS = 1000;

/** How much of each of these budgets is spent, by its id. */
export function useBudgetUse(ids: readonly string[], version: string): ReadonlyMap<string, number> {
  const { data } = useQuery({
    queryKey: ["ledger-budgets", version],
    queryFn: async ({ signal }) => parseBudgetUse(await fetchJson("/api/ledger/budgets", signal)),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (ids.every((id) => state.data?.has(id)) ? false : ASK_AGAIN_MS),
  });
  return data ?? new Map();
}
