import type { GeneratedContent } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { inSlices } from "../../../domain/in-slices.ts";

/** What was done to how many, and how to take it back. */
export interface DoneAction {
  readonly count: number;
  readonly undo: () => Promise<void>;
}

/** What can be done to many contents at once. Each is on screen at once and can be taken back. */
export interface BulkActions {
  star(ids: Iterable<string>, starred: boolean): Promise<DoneAction>;
  tag(
    ids: Iterable<string>,
    change: { readonly add?: string; readonly remove?: string },
  ): Promise<DoneAction>;
  /** `undefined` takes them out of their board. */
  putOnBoard(ids: Iterable<string>, boardId: string | undefined): Promise<DoneAction>;
  trash(ids: Iterable<string>): Promise<DoneAction>;
  restore(ids: Iterable<string>): Promise<DoneAction>;
}

type Fields = Parameters<SyncClient["update"]>[2] & {
  readonly star?: true | null;
  readonly tags?: string[] | null;
  readonly boardId?: string | null;
};

export function createBulkActions(
  client: Pick<SyncClient, "get" | "update" | "delete" | "restore">,
  /** Lets the screen be drawn. */
  breathe: () => Promise<void>,
): BulkActions {
  const eachOf = <T>(given: Iterable<T>, work: (value: T) => void) => inSlices(given, work, breathe);

  /** Sets fields of each; `plan` answers what to set and what takes it back, or nothing where it is so already. */
  async function change(
    ids: Iterable<string>,
    plan: (content: GeneratedContent) => { readonly set: Fields; readonly back: Fields } | undefined,
  ): Promise<DoneAction> {
    const backs: (readonly [string, Fields])[] = [];
    await eachOf(ids, (id) => {
      const content = client.get("contents", id);
      const planned = content === undefined ? undefined : plan(content);
      if (planned === undefined) return;
      backs.push([id, planned.back]);
      client.update("contents", id, planned.set);
    });
    return {
      count: backs.length,
      undo: () => eachOf(backs, ([id, back]) => void client.update("contents", id, back)),
    };
  }

  async function move(
    ids: Iterable<string>,
    isInTrash: boolean,
    { there, back }: { readonly there: "delete" | "restore"; readonly back: "delete" | "restore" },
  ): Promise<DoneAction> {
    const moved: string[] = [];
    await eachOf(ids, (id) => {
      const content = client.get("contents", id);
      if (content === undefined || (content.deletedAt !== undefined) !== isInTrash) return;
      moved.push(id);
      client[there]("contents", id);
    });
    return { count: moved.length, undo: () => eachOf(moved, (id) => void client[back]("contents", id)) };
  }

  return {
    star: (ids, starred) =>
      change(ids, ({ star }) =>
        (star === true) === starred
          ? undefined
          : { set: { star: starred ? true : null }, back: { star: star === true ? true : null } },
      ),
    tag: (ids, { add, remove }) =>
      change(ids, ({ tags = [] }) => {
        const next = tags.filter((tag) => tag !== remove);
        if (add !== undefined && !next.includes(add)) next.push(add);
        if (next.length === tags.length && next.every((tag) => tags.includes(tag))) return undefined;
        return { set: { tags: orNull(next) }, back: { tags: orNull([...tags]) } };
      }),
    putOnBoard: (ids, boardId) =>
      change(ids, (content) =>
        content.boardId === boardId
          ? undefined
          : { set: { boardId: boardId ?? null }, back: { boardId: content.boardId ?? null } },
      ),
    trash: (ids) => move(ids, false, { there: "delete", back: "restore" }),
    restore: (ids) => move(ids, true, { there: "restore", back: "delete" }),
  };
}

function orNull(tags: string[]): string[] | null {
  return tags.length === 0 ? null : tags;
}
