/** How the key stands beside the item of a menu that it does. */
export const MENU_KEY = { color: "var(--muted)", fontSize: "12px" } as const;
