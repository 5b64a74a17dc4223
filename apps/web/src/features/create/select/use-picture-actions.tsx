import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useMemo, useRef } from "react";
import { isTyping } from "../../../components/is-typing.ts";
import { counted } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { createBulkActions, type DoneAction } from "./bulk-actions.ts";

/** What can be done to many pictures. Each says what it did and can be taken back, by its button or by Ctrl/⌘ Z. */
export interface PictureActions {
  star(ids: Iterable<string>, starred: boolean): void;
  tag(ids: Iterable<string>, change: { readonly add?: string; readonly remove?: string }): void;
  /** `name` is the board's; without an id they are taken out of theirs. */
  putOnBoard(ids: Iterable<string>, board: { readonly id: string; readonly name: string } | undefined): void;
  trash(ids: Iterable<string>): void;
  restore(ids: Iterable<string>): void;
  /** Lets another action be taken back in the same way. */
  remember(what: string, undo: () => Promise<void> | void): void;
}

const SHOWN_MS = 10_000;

export function usePictureActions(): PictureActions {
  const client = useSyncClient();
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

  return useMemo(() => {
    const bulk = createBulkActions(client, () => new Promise((resolve) => setTimeout(resolve, 0)));

    function remember(what: string, undo: () => Promise<void> | void): void {
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
    }

    const tell = (words: (pictures: string) => string, done: Promise<DoneAction>) =>
      void (async () => {
        const { count, undo } = await done;
        if (count > 0) remember(words(counted(count, "picture")), undo);
      })();

    return {
      remember,
      star: (ids, starred) =>
        tell(
          (pictures) => `${pictures} ${starred ? "starred" : "no longer starred"}`,
          bulk.star(ids, starred),
        ),
      tag: (ids, change) =>
        tell(
          (pictures) =>
            change.add === undefined
              ? `“${change.remove ?? ""}” removed from ${pictures}`
              : `“${change.add}” added to ${pictures}`,
          bulk.tag(ids, change),
        ),
      putOnBoard: (ids, board) =>
        tell(
          (pictures) =>
            board === undefined ? `${pictures} taken out of the board` : `${pictures} put on ${board.name}`,
          bulk.putOnBoard(ids, board?.id),
        ),
      trash: (ids) => tell((pictures) => `${pictures} moved to the trash`, bulk.trash(ids)),
      restore: (ids) => tell((pictures) => `${pictures} brought back`, bulk.restore(ids)),
    };
  }, [client]);
}
