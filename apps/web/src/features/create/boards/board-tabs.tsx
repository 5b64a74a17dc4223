import { Menu } from "@mantine/core";
import type { Board } from "@safelight/shared";
import { IconDots, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { formatCount } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type CreateSearch, parseCreateSearch } from "../create-search.ts";
import { DRAGGED_CONTENTS, draggedContents } from "../library/dragged-contents.ts";
import styles from "../library/library-bar.module.css";
import type { PictureActions } from "../select/use-picture-actions.tsx";
import { BoardNameDialog } from "./board-name-dialog.tsx";
import { useBoards } from "./use-boards.ts";
import { useTabsInSight } from "./use-tabs-in-sight.ts";

interface BoardTabsProps {
  readonly search: CreateSearch;
  /** How many pictures there are in all. */
  readonly total: number;
  readonly actions: PictureActions;
}

type Dialog = { readonly board: Board | undefined };

/** What is shown: everything, the starred, one board, the uploads. Pictures can be dropped on a board. */
export function BoardTabs({ search, total, actions }: BoardTabsProps) {
  const client = useSyncClient();
  const navigate = useNavigate({ from: "/create" });
  const boards = useBoards();
  const [dialog, setDialog] = useState<Dialog>();
  const current = boards.find(({ id }) => id === search.board);
  const tabs = useTabsInSight(current?.id);

  const name = (board: Board | undefined, given: string) => {
    if (board !== undefined) {
      client.update("boards", board.id, { name: given });
      return;
    }
    const { id } = client.create("boards", { name: given });
    void navigate({ search: (before) => place(before, { board: id }) });
  };
  const remove = (board: Board) => {
    client.delete("boards", board.id);
    void navigate({ search: (before) => place(before, {}), replace: true });
    actions.remember(`Board ${board.name} moved to the trash`, () => {
      client.restore("boards", board.id);
    });
  };

  return (
    <nav className={styles["shelf"]} aria-label="Show">
      <div ref={tabs} className={styles["tabs"]}>
        <Tab to={{}} on={isAll(search)}>
          All <span className={styles["count"]}>{formatCount(total)}</span>
        </Tab>
        <Tab to={{ star: true }} on={search.star === true}>
          Starred
        </Tab>
        <Tab to={{ show: "uploads" }} on={search.show === "uploads"}>
          Uploads
        </Tab>
        {boards.map((board) => (
          <Tab
            key={board.id}
            to={{ board: board.id }}
            on={board.id === search.board}
            onContents={(ids) => actions.putOnBoard(ids, board)}
          >
            {board.name}
          </Tab>
        ))}
      </div>
      {current !== undefined && (
        <Menu position="bottom-start" width={170}>
          <Menu.Target>
            <button type="button" className={styles["tab"]} aria-label={`Board ${current.name}: more`}>
              <IconDots size={16} stroke={1.7} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconPencil size={16} stroke={1.7} />}
              onClick={() => setDialog({ board: current })}
            >
              Rename
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} stroke={1.7} />} onClick={() => remove(current)}>
              Delete the board
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <button
        type="button"
        className={styles["tab"]}
        title="New board"
        aria-label="New board"
        onClick={() => setDialog({ board: undefined })}
      >
        <IconPlus size={15} stroke={1.8} />
      </button>
      {dialog !== undefined && (
        <BoardNameDialog
          title={dialog.board === undefined ? "New board" : "Rename the board"}
          initial={dialog.board?.name ?? ""}
          action={dialog.board === undefined ? "Make the board" : "Rename"}
          onName={(given) => name(dialog.board, given)}
          onClose={() => setDialog(undefined)}
        />
      )}
    </nav>
  );
}

type TabPlace = Pick<CreateSearch, "star" | "show" | "board">;

/** Goes to another tab; the words and the filters stay. */
function place(search: CreateSearch, tab: TabPlace): CreateSearch {
  const { star: _star, show: _show, board: _board, ...others } = search;
  return parseCreateSearch({ ...others, ...tab });
}

function isAll({ star, show, board }: CreateSearch): boolean {
  return star === undefined && show === undefined && board === undefined;
}

function Tab(props: {
  readonly to: TabPlace;
  readonly on: boolean;
  readonly children: ReactNode;
  readonly onContents?: (ids: readonly string[]) => void;
}) {
  const { to, on, children, onContents } = props;
  const [over, setOver] = useState(false);
  return (
    <Link
      from="/create"
      to="/create"
      search={(before) => place(before, to)}
      className={styles["tab"]}
      data-on={on || undefined}
      data-over={over || undefined}
      // The router takes every link to this room for the current page: only the tab shown is.
      activeProps={{ "aria-current": on ? "true" : undefined }}
      preload={false}
      draggable={false}
      onDragOver={(event) => {
        if (onContents === undefined || !event.dataTransfer.types.includes(DRAGGED_CONTENTS)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "move";
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const ids = draggedContents(event.dataTransfer);
        if (ids.length === 0) return;
        event.preventDefault();
        onContents?.(ids);
      }}
    >
      {children}
    </Link>
  );
}
