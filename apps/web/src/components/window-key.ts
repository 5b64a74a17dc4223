import { type ComposedKey, isComposing } from "./is-composing.ts";

/** What of a key press decides whether it is the window's. */
export interface PressedKey extends ComposedKey {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
  getModifierState(key: "AltGraph"): boolean;
}

/** Which keys a listener of the window is for. Without any of these: single keys, outside of text, under no dialog. */
export interface WindowKeyRules {
  /** Keys with Ctrl or ⌘, rather than keys alone. */
  readonly command?: boolean;
  /** Those pressed in a text field or a menu, too. */
  readonly inFields?: boolean;
  /** Those pressed while a dialog is open, too. */
  readonly overDialogs?: boolean;
}

/** Where a key was pressed. */
export interface KeyPlace {
  /** In what takes letters itself. */
  readonly isTyped: boolean;
  /** Under the dialog that is on top. */
  readonly isCovered: boolean;
}

/** Whether a key press is for a listener with these rules. One that something nearer has taken is for nobody else. */
export function isWindowKey(key: PressedKey, place: KeyPlace, rules: WindowKeyRules): boolean {
  if (key.defaultPrevented || isComposing(key)) return false;
  if (place.isTyped && rules.inFields !== true) return false;
  if (place.isCovered && rules.overDialogs !== true) return false;
  // With AltGr, which some systems tell as Ctrl and Alt, letters and signs are written.
  const isWritten = key.getModifierState("AltGraph");
  const isCommand = (key.ctrlKey || key.metaKey) && !key.altKey && !isWritten;
  const isSingle = isWritten || !(key.ctrlKey || key.metaKey || key.altKey);
  return rules.command === true ? isCommand : isSingle;
}
