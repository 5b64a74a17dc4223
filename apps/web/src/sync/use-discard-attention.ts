import type { AttentionItem, SyncClient } from "@safelight/sync";
import { showUndo } from "../components/show-undo.tsx";
import { useSyncClient } from "./sync-context.tsx";

/** Lets go of a change that the server refused, and offers to take that back. */
export function useDiscardAttention(): (item: AttentionItem) => void {
  const client = useSyncClient();
  return (item) => {
    void client.discardAttention(item.n);
    showUndo({
      id: `discarded-${item.n}`,
      title: "Change discarded",
      undo: () => writeAgain(client, item),
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
