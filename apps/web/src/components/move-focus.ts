import type { KeyboardEvent } from "react";

interface MoveFocusOptions {
  /** Selects what takes the focus, in its order. */
  readonly among: string;
  readonly back: string;
  readonly forth: string;
}

/** Moves the focus to the neighbour of what has it, within the element that listens. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, { among, back, forth }: MoveFocusOptions): void {
  const step = event.key === forth ? 1 : event.key === back ? -1 : 0;
  if (step === 0) return;
  const targets = [...event.currentTarget.querySelectorAll<HTMLElement>(among)];
  const index = targets.findIndex((target) => target === document.activeElement);
  const next = index === -1 ? undefined : targets[index + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
