import { type RefObject, useLayoutEffect } from "react";
import { isTyping } from "./is-typing.ts";
import { useLatest } from "./use-latest.ts";
import { isWindowKey, type WindowKeyRules } from "./window-key.ts";

interface WindowKeysOptions extends WindowKeyRules {
  /** What the keys are about; in a dialog, they come while that dialog is on top. */
  readonly about?: RefObject<Element | null>;
  /** Comes before what has the focus, which does not get the keys that are taken here. */
  readonly first?: boolean;
}

/**
 * Listens for keys of the whole window, from the moment that what they are about is on the screen until it goes. `onKey`
 * answers whether the key meant something: then it is nobody else's.
 */
export function useWindowKeys(
  onKey: (event: KeyboardEvent) => boolean,
  options: WindowKeysOptions = {},
): void {
  const latest = useLatest({ onKey, options });
  const { first = false } = options;
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const { onKey: take, options: rules } = latest.current;
      const place = {
        isTyped: isTyping(event.target),
        isCovered: isCovered(rules.about?.current ?? null, event.target),
      };
      if (!isWindowKey(event, place, rules) || !take(event)) return;
      event.preventDefault();
      if (first) event.stopPropagation();
    };
    window.addEventListener("keydown", listener, first);
    return () => window.removeEventListener("keydown", listener, first);
  }, [latest, first]);
}

const DIALOG = '[aria-modal="true"]';

/** Whether a dialog lies over an element, or over the page when there is none. */
function isCovered(element: Element | null, target: EventTarget | null): boolean {
  // The one with the focus is on top; the same key may have closed it by now. Where none has it, the last one in the page is.
  const pressedIn = target instanceof Element ? target.closest(DIALOG) : null;
  const top = pressedIn ?? [...document.querySelectorAll(DIALOG)].at(-1);
  return top !== undefined && (element === null || !top.contains(element));
}
