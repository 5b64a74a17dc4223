import type { SyncClient } from "@safelight/sync";
import { createContext, use, type ReactNode } from "react";

const SyncContext = createContext<SyncClient | undefined>(undefined);

/** Gives every hook below it one opened sync client. */
export function SyncProvider({ client, children }: { client: SyncClient; children: ReactNode }) {
  return <SyncContext value={client}>{children}</SyncContext>;
}

/** The sync client, for writes; reads go through `useRecords` and its kin. */
export function useSyncClient(): SyncClient {
  const client = use(SyncContext);
  if (client === undefined) throw new Error("useSyncClient is used outside SyncProvider.");
  return client;
}
