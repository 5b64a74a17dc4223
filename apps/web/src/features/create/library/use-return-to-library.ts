import { useEffect, useState } from "react";
import { focusLibrary } from "./focus-library.ts";

/** Gives the focus back, when what was opened over the library closes, to what had it, or to the pictures. */
export function useReturnToLibrary(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once the dialog is gone: while it is there it keeps the focus.
      setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return;
        if (before instanceof HTMLElement && before !== document.body && before.isConnected) {
          before.focus({ preventScroll: true });
        } else focusLibrary();
      }, 0);
    },
    [before],
  );
}
