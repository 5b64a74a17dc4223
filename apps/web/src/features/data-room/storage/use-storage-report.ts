import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "../../../api/fetch-json.ts";
import { sendJson } from "../../../api/send-json.ts";
import { shaped } from "../../../api/shaped.ts";
import { parseStorageReport } from "./storage-report.ts";

const KEY = ["storage-report"];

/** What is kept on the server's disk. */
export function useStorageReport() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => parseStorageReport(await fetchJson("/api/storage-report", signal)),
    staleTime: 10_000,
  });
}

/** Has the server read all bytes now; the report follows. */
export function useCheckNow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => parseStorageReport(await sendJson("/api/storage-report/check")),
    onSuccess: (report) => queries.setQueryData(KEY, report),
  });
}

/** Removes files that nothing names. */
export function useRemoveUnreferenced() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const answer = await sendJson("/api/storage-report/unreferenced/remove");
      const removed = shaped(answer, { removed: "number", removedBytes: "number" });
      // What the last check said is not true any more.
      queries.setQueryData(KEY, parseStorageReport(await sendJson("/api/storage-report/check")));
      return removed;
    },
  });
}
