import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { counted } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { readPicture } from "./read-picture.ts";

/** Takes files into the library: kept on this device at once, uploaded when the server is there. */
export function useAddPictures(): (files: readonly File[]) => Promise<void> {
  const client = useSyncClient();
  return useCallback(
    async (files) => {
      const refusals: string[] = [];
      let added = 0;
      for (const file of files) {
        const read = await readPicture(file);
        if (!read.ok) {
          refusals.push(read.reason);
          continue;
        }
        try {
          const name = file.name.slice(-255);
          const { width, height } = read;
          const kept = await client.putBlob(read.bytes, { name });
          const { durable } = client.create("contents", {
            type: "image",
            origin: "upload",
            title: name,
            config: { width, height },
            blob: { ...kept, name, width, height },
          });
          await durable;
          added += 1;
        } catch (error) {
          refusals.push(
            `${file.name} could not be kept: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      }
      if (added > 0) notifications.show({ message: `${counted(added, "picture")} added`, autoClose: 4000 });
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
