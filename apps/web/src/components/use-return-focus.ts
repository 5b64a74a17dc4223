import { useEffect, useState } from "react";
import { useLatest } from "./use-latest.ts";

/** Gives the focus back, when what was opened closes, to what had it; `otherwise` decides where that is gone. */
export function useReturnFocus(otherwise: () => void): void {
  const [before] = useState(() => document.activeElement);
  const elsewhere = useLatest(otherwise);
  useEffect(
    () => () => {
      // Once it is gone: while it is there it keeps the focus.
      setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return;
        if (before instanceof HTMLElement && before !== document.body && before.isConnected) {
          before.focus({ preventScroll: true });
        } else elsewhere.current();
      }, 0);
    },
    [before, elsewhere],
  );
}
