import type { RefObject } from "react";
import { useWindowKeys } from "./use-window-keys.ts";

/** What closes itself by Escape. */
const CLOSES_ITSELF = '[role="menu"], [role="listbox"], [role="dialog"], [aria-expanded="true"]';

/**
 * Escape closes a dialog, but not together with what was opened over it, as Mantine's dialogs do by themselves
 * (`closeOnEscape` is to be off). `about` is an element
 * of it, and none while it is closed.
 */
export function useEscape(about: RefObject<Element | null>, onClose: () => void): void {
  useWindowKeys(
    ({ key, target }) => {
      if (key !== "Escape" || about.current === null) return false;
      const nearest = target instanceof Element ? target.closest(CLOSES_ITSELF) : null;
      if (nearest !== null && !nearest.contains(about.current)) return false;
      onClose();
      return true;
    },
    { about, inFields: true, first: true },
  );
}
