import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { parseHealth } from "./health.ts";

/** The server's own report, asked for while somebody looks. `data` is kept off when the last answer failed. */
export function useHealth() {
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: ["health"],
    queryFn: async ({ signal }) => parseHealth(await fetchJson("/health", signal)),
    refetchInterval: 15_000,
    gcTime: 0,
  });
  return { data: isError ? undefined : data, isPending, refetch };
}
