import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** Whether all that this device has is in the view: a start shows the newest records first, and no sum over those is one. */
export function useIsWhole(): boolean {
  const client = useSyncClient();
  const subscribe = useCallback(
    (listener: () => void) => {
      let listens = true;
      const tell = async () => {
        await client.whenWhole();
        if (listens) listener();
      };
      void tell();
      return () => {
        listens = false;
      };
    },
    [client],
  );
  return useSyncExternalStore(subscribe, () => client.isWhole());
}
