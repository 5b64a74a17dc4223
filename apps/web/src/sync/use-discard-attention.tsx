import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { AttentionItem, SyncClient } from "@safelight/sync";
import { useSyncClient } from "./sync-context.tsx";

/** Lets go of a change that the server refused, and offers to take that back. */
export function useDiscardAttention(): (item: AttentionItem) => void {
  const client = useSyncClient();
  return (item) => {
    void client.discardAttention(item.n);
    const notificationId = `discarded-${item.n}`;
    const undo = () => {
      writeAgain(client, item);
      notifications.hide(notificationId);
    };
    notifications.show({
      id: notificationId,
      title: "Change discarded",
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

/** The same change once more: the server refuses it again, and then it is back on the list. */
function writeAgain(client: SyncClient, { collection, id, op, set = {} }: AttentionItem): void {
  switch (op) {
    case "create":
      client.create(collection, set, { id });
      break;
    case "update":
      client.update(collection, id, set);
      break;
    case "delete":
      client.delete(collection, id);
      break;
    case "restore":
      client.restore(collection, id);
      break;
  }
}
