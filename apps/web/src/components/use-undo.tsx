import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useRef } from "react";
import { isTyping } from "./is-typing.ts";

const SHOWN_MS = 10_000;

/** Says what was done and offers to take it back, by a button or by Ctrl/⌘ Z. Keeps its identity. */
export function useUndo(): (what: string, undo: () => Promise<void> | void) => void {
  const last = useRef<() => void>(undefined);
  useEffect(() => {
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
    notifications.show({
      id,
      title: what,
      message: (
        <Button size="xs" mt={8} onClick={takeBack}>
          Undo
        </Button>
      ),
      autoClose: SHOWN_MS,
      closeButtonProps: { "aria-label": "Close" },
    });
  }, []);
}
