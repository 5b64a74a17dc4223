import { Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLayoutEffect } from "react";
import { isTyping } from "../../components/is-typing.ts";
import { ShortcutList } from "../../components/shortcut-list.tsx";

/** `?` lists the keyboard shortcuts, from the moment that the page is on screen. */
export function ShortcutsHelp() {
  const [opened, { open, close }] = useDisclosure(false);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target)) open();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open]);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Keyboard"
      size={760}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <ShortcutList />
    </Modal>
  );
}
