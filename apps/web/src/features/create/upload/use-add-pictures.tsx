import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { counted } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { keepMedia } from "./keep-media.ts";

/** Takes files into the library: kept on this device at once, uploaded when the server is there. */
export function useAddPictures(): (files: readonly File[]) => Promise<void> {
  const client = useSyncClient();
  return useCallback(
    async (files) => {
      const refusals: string[] = [];
      let added = 0;
      for (const file of files) {
        const kept = await keepMedia(client, file);
        if (kept.ok) added += 1;
        else refusals.push(kept.reason);
      }
      if (added > 0) notifications.show({ message: `${counted(added, "file")} added`, autoClose: 4000 });
      if (refusals.length > 0) {
        notifications.show({
          title: `${counted(refusals.length, "file")} not added`,
          message: refusals.map((reason) => <div key={reason}>{reason}</div>),
          color: "var(--bad)",
          autoClose: false,
          closeButtonProps: { "aria-label": "Close" },
        });
      }
    },
    [client],
  );
}
