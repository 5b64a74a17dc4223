/** Whether the keyboard has a ⌘ key; decides only how shortcuts are written. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
