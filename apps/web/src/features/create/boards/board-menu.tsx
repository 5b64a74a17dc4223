import { Button, Menu } from "@mantine/core";
import { IconFolder, IconFolderOff, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import type { PictureActions } from "../select/use-picture-actions.tsx";
import { BoardNameDialog } from "./board-name-dialog.tsx";
import { useBoards } from "./use-boards.ts";

interface BoardMenuProps {
  readonly ids: ReadonlySet<string>;
  readonly actions: PictureActions;
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
  /** It is gone, and the focus went with it unless something took it. */
  readonly onGone?: () => void;
}

/** Puts the selected pictures on a board, or takes them out of theirs. */
export function BoardMenu({ ids, actions, opened, onOpened, onGone }: BoardMenuProps) {
  const client = useSyncClient();
  const boards = useBoards();
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu
        opened={opened}
        onChange={onOpened}
        position="top"
        width={220}
        trapFocus
        returnFocus
        {...(onGone && { onExitTransitionEnd: onGone })}
      >
        <Menu.Target>
          <Button variant="subtle" leftSection={<IconFolder size={16} stroke={1.7} />} title="Board (b)">
            Board
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {boards.map((board) => (
            <Menu.Item key={board.id} onClick={() => actions.putOnBoard(ids, board)}>
              {board.name}
            </Menu.Item>
          ))}
          {boards.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<IconPlus size={16} stroke={1.7} />} onClick={() => setNaming(true)}>
            New board
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderOff size={16} stroke={1.7} />}
            onClick={() => actions.putOnBoard(ids, undefined)}
          >
            Take out of the board
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <BoardNameDialog
          title="New board"
          initial=""
          action="Make the board"
          onName={(name) => {
            const { id } = client.create("boards", { name });
            actions.putOnBoard(ids, { id, name });
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
