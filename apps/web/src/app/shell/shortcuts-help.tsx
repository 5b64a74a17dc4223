import { Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ShortcutList } from "../../components/shortcut-list.tsx";
import { useWindowKeys } from "../../components/use-window-keys.ts";

/** `?` lists the keyboard shortcuts, from the moment that the page is on screen. */
export function ShortcutsHelp() {
  const [opened, { open, close }] = useDisclosure(false);
  // The viewer and other dialogs have keys, too.
  useWindowKeys(
    ({ key }) => {
      if (key !== "?") return false;
      open();
      return true;
    },
    { overDialogs: true },
  );
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Keyboard"
      size={760}
      centered
      // Over whichever dialog it is asked for in.
      zIndex={400}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <ShortcutList />
    </Modal>
  );
}
