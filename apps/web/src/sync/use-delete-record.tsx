import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { CollectionName } from "@safelight/shared";
import { useSyncClient } from "./sync-context.tsx";

/** Moves a record to the trash and offers to take that back; `what` names it: "Picture", "Job 12". */
export function useDeleteRecord(): (collection: CollectionName, id: string, what: string) => void {
  const client = useSyncClient();
  return (collection, id, what) => {
    client.delete(collection, id);
    const notificationId = `deleted-${id}`;
    const undo = () => {
      client.restore(collection, id);
      notifications.hide(notificationId);
    };
    notifications.show({
      id: notificationId,
      title: `${what} moved to the trash`,
      message: (
        <Button size="xs" mt={8} onClick={undo}>
          Undo
        </Button>
      ),
      autoClose: 10_000,
      closeButtonProps: { "aria-label": "Close" },
    });
  };
}
