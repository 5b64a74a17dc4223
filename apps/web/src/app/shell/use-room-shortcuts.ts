import { useNavigate } from "@tanstack/react-router";
import { useLayoutEffect } from "react";
import { isTyping } from "../../components/is-typing.ts";
import { ROOMS } from "../rooms.ts";

/** How long `g` waits for the room's letter. */
const CHORD_MS = 1200;

/** `g` and then a room's letter goes there. */
export function useRoomShortcuts(): void {
  const navigate = useNavigate();
  useLayoutEffect(() => {
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // An open dialog has keys of its own.
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      if (event.timeStamp < chordUntil) {
        chordUntil = 0;
        const room = ROOMS.find(({ key }) => key === event.key.toLowerCase());
        if (room === undefined) return;
        event.preventDefault();
        void navigate({ to: room.to });
      } else if (event.key === "g") {
        chordUntil = event.timeStamp + CHORD_MS;
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [navigate]);
}
