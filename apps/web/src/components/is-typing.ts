/** Inputs that take no letters. */
const UNLETTERED = new Set(["button", "checkbox", "color", "file", "image", "radio", "reset", "submit"]);

/** Whether a key press belongs to a text field, or to a menu in which letters find, so that shortcuts must leave it alone. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !UNLETTERED.has(target.type);
  if (target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target.closest('[role="menu"], [role="listbox"]') !== null;
}
