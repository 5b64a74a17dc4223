import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "../../../api/fetch-json.ts";
import { sendJson } from "../../../api/send-json.ts";
import { parseBackup, parseBackups, parseManifest } from "./backups.ts";

const KEY = ["backups"];
const WATCH_MS = 500;

/** The backups on the server; asked for often while one is being made. */
export function useBackups() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => parseBackups(await fetchJson("/api/backups", signal)),
    refetchInterval: ({ state }) => (state.data?.running === undefined ? false : WATCH_MS),
  });
}

export function useMakeBackup() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const making = sendJson("/api/backups");
      // The listing tells how far it is, and asks on by itself.
      setTimeout(() => void queries.invalidateQueries({ queryKey: KEY }), WATCH_MS / 2);
      return parseBackup(await making);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** What a backup holds, by collection. */
export function useBackupContents(name: string, isWanted: boolean) {
  return useQuery({
    queryKey: [...KEY, name],
    queryFn: async ({ signal }) => parseManifest(await fetchJson(`/api/backups/${name}/manifest`, signal)),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
