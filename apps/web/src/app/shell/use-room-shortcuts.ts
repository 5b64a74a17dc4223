import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useWindowKeys } from "../../components/use-window-keys.ts";
import { ROOMS } from "../rooms.ts";

/** How long `g` waits for the room's letter. */
const CHORD_MS = 1200;

/** `g` and then a room's letter goes there, whatever that letter alone does to what has the focus. */
export function useRoomShortcuts(): void {
  const navigate = useNavigate();
  const chordUntil = useRef(0);
  useWindowKeys(
    ({ key, timeStamp }) => {
      if (timeStamp >= chordUntil.current) {
        if (key === "g") chordUntil.current = timeStamp + CHORD_MS;
        return false;
      }
      chordUntil.current = 0;
      const room = ROOMS.find((each) => each.key === key.toLowerCase());
      if (room === undefined) return false;
      void navigate({ to: room.to });
      return true;
    },
    { first: true },
  );
}
