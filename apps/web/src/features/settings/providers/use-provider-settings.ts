import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "../../../api/fetch-json.ts";
import { sendJson } from "../../../api/send-json.ts";
import { parseAllSettings, parseReport, parseSettings, type ProviderSettings } from "./provider-settings.ts";

const KEY = ["provider-settings"];

/** What every provider is given, without the secrets. */
export function useProviderSettings() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => parseAllSettings(await fetchJson("/api/settings/providers", signal)),
  });
}

/** Gives a provider values; `null` takes one away. */
export function useSaveSettings(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (values: Readonly<Record<string, string | null>>) =>
      parseSettings(await sendJson(addressOf(id), { values }, "PUT")),
    onSuccess(saved) {
      queries.setQueryData(KEY, (before: readonly ProviderSettings[] | undefined) =>
        before?.map((provider) => (provider.id === id ? saved : provider)),
      );
      // Which providers are ready is part of the catalogue.
      void queries.invalidateQueries({ queryKey: ["providers"] });
    },
  });
}

/** Asks a provider whether address and key are right; costs nothing. */
export function useTestConnection(id: string) {
  return useMutation({
    mutationFn: async () => parseReport(await sendJson(`${addressOf(id)}/test`)),
  });
}

function addressOf(id: string): string {
  return `/api/settings/providers/${encodeURIComponent(id)}`;
}
