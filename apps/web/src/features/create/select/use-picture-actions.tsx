import { useMemo } from "react";
import { useUndo } from "../../../components/use-undo.ts";
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

export function usePictureActions(): PictureActions {
  const client = useSyncClient();
  const remember = useUndo();
  return useMemo(() => {
    const bulk = createBulkActions(client, () => new Promise((resolve) => setTimeout(resolve, 0)));
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
  }, [client, remember]);
}
