import { notifications } from "@mantine/notifications";
import { useCallback, useLayoutEffect, useRef } from "react";
import { isTyping } from "./is-typing.ts";
import { showUndo } from "./show-undo.tsx";

/** Says what was done and offers to take it back, by a button or by Ctrl/⌘ Z. Keeps its identity. */
export function useUndo(): (what: string, undo: () => Promise<void> | void) => void {
  const last = useRef<() => void>(undefined);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
      if (!isUndo || isTyping(event.target) || last.current === undefined) return;
      event.preventDefault();
      last.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

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
