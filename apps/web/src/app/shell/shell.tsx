import { useMediaQuery } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useDeferredValue, useEffect } from "react";
import { roomOf } from "../rooms.ts";
import { CommandPalette } from "./command-palette.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { ShortcutsHelp } from "./shortcuts-help.tsx";
import { TopBar } from "./top-bar.tsx";
import { useRoomShortcuts } from "./use-room-shortcuts.ts";

/** What stays while rooms change: the rail, the top bar, the palette and the notices. */
export function Shell() {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const title = roomOf(pathname)?.title ?? "Safelight";
  const small = useMediaQuery("(max-width: 600px)");
  // Notices are not needed for the first drawing of the room; the palette and the list of keys are, for their keys.
  const isDue = useDeferredValue(true, false);
  useRoomShortcuts();
  useEffect(() => {
    document.title = title === "Safelight" ? title : `${title} · Safelight`;
  }, [title]);
  return (
    <div className={styles["shell"]}>
      <a className={styles["skip"]} href="#room">
        Skip to the room
      </a>
      <Rail />
      <TopBar title={title} />
      <main id="room" className={styles["room"]} tabIndex={-1} aria-label={title}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <CommandPalette />
      <ShortcutsHelp />
      {isDue && <Notifications position={small ? "top-center" : "bottom-center"} limit={4} zIndex={500} />}
    </div>
  );
}
