import { notifications } from "@mantine/notifications";
import { useCallback, useRef } from "react";
import { showUndo } from "./show-undo.tsx";
import { useWindowKeys } from "./use-window-keys.ts";

/** Says what was done and offers to take it back, by a button or by Ctrl/⌘ Z. Keeps its identity. */
export function useUndo(): (what: string, undo: () => Promise<void> | void) => void {
  const last = useRef<() => void>(undefined);
  // What was done in a dialog is taken back in it.
  useWindowKeys(
    ({ key, shiftKey }) => {
      if (key.toLowerCase() !== "z" || shiftKey || last.current === undefined) return false;
      last.current();
      return true;
    },
    { command: true, overDialogs: true },
  );

  return useCallback((what, undo) => {
    const id = `undo-${crypto.getRandomValues(new Uint32Array(1))[0] ?? 0}`;
    const takeBack = () => {
      if (last.current === takeBack) last.current = undefined;
      notifications.hide(id);
      void undo();
    };
    last.current = takeBack;
    showUndo({ id, title: what, undo: takeBack });
  }, []);
}
