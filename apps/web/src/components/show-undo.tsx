import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

const SHOWN_MS = 10_000;

/** Says what was done, and offers for ten seconds to take it back. The notice goes with a click on Undo. */
export function showUndo({ id, title, undo }: { id: string; title: string; undo: () => void }): void {
  const takeBack = () => {
    undo();
    notifications.hide(id);
  };
  notifications.show({
    id,
    title,
    message: (
      <Button size="xs" mt={8} onClick={takeBack}>
        Undo
      </Button>
    ),
    autoClose: SHOWN_MS,
    closeButtonProps: { "aria-label": "Close" },
  });
}
