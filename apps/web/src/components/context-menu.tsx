import { Menu } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useLatest } from "./use-latest.ts";
import { MENU_KEY } from "./menu-key.ts";
import type { MenuPlace } from "./menu-place.ts";
import { useReturnFocus } from "./use-return-focus.ts";

interface ContextMenuProps {
  readonly place: MenuPlace;
  /** What it is about. */
  readonly label: string;
  readonly onClose: () => void;
  /** Takes the focus where what had it before is gone. */
  readonly otherwise: () => void;
  readonly children: ReactNode;
}

/** A menu at the pointer, or at what has the focus: arrows move, a letter finds, Escape closes, the focus goes back. */
export function ContextMenu({ place, label, onClose, otherwise, children }: ContextMenuProps) {
  useReturnFocus(otherwise);
  const close = useLatest(onClose);
  useEffect(() => {
    // What it is about would move away under it.
    const closeNow = ({ target }: Event) => {
      // A menu that is taller than the window scrolls itself.
      const isWithin = target instanceof Element && target.closest('[role="menu"]') !== null;
      if (!isWithin) close.current();
    };
    window.addEventListener("wheel", closeNow, { passive: true });
    window.addEventListener("resize", closeNow);
    return () => {
      window.removeEventListener("wheel", closeNow);
      window.removeEventListener("resize", closeNow);
    };
  }, [close]);
  return (
    <Menu
      opened
      onChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      position="bottom-start"
      offset={2}
      width={264}
      // Not a key: the one that opened it is still on its way through the page.
      clickOutsideEvents={["mousedown", "touchstart"]}
      styles={{ itemSection: MENU_KEY }}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span style={{ position: "fixed", left: place.x, top: place.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label} mah="calc(100vh - 16px)" style={{ overflowY: "auto" }}>
        <Menu.Label style={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>
          {label}
        </Menu.Label>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
