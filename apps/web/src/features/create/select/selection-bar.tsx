import { Button, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconColumns, IconStar, IconStarOff, IconTrash } from "@tabler/icons-react";
import { SelectionToolbar } from "../../../components/selection-toolbar.tsx";
import { BoardMenu } from "../boards/board-menu.tsx";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { MOST_COMPARED } from "../create-search.ts";
import { DownloadButton } from "../download/download-button.tsx";
import type { DownloadVariant } from "../download/download-variant.ts";
import { focusLibraryIfLost } from "../library/focus-library.ts";
import { TagMenu } from "./tag-menu.tsx";
import type { PictureActions } from "./use-picture-actions.tsx";

export type OpenMenu = "tag" | "board" | undefined;

interface SelectionBarProps {
  readonly ids: ReadonlySet<string>;
  readonly inTrash: boolean;
  readonly actions: PictureActions;
  readonly menu: OpenMenu;
  readonly onMenu: (menu: OpenMenu) => void;
  readonly onCompare: () => void;
  readonly onDownload: (variant: DownloadVariant) => void;
  readonly onClear: () => void;
}

/** What can be done with the selected pictures. */
export function SelectionBar(props: SelectionBarProps) {
  const { ids, inTrash, actions, menu, onMenu, onCompare, onDownload, onClear } = props;
  const client = useSyncClient();
  const allStarred = everyIs(ids, (id) => client.get("contents", id)?.star === true);
  const canCompare = ids.size >= 2 && ids.size <= MOST_COMPARED;
  const icon = { size: 16, stroke: 1.7 };
  return (
    <SelectionToolbar label="Selected pictures" count={ids.size} onClear={onClear}>
      {inTrash ? (
        <Button
          variant="subtle"
          leftSection={<IconArrowBackUp {...icon} />}
          onClick={() => {
            actions.restore(ids);
            onClear();
          }}
        >
          Bring back
        </Button>
      ) : (
        <>
          <Button
            variant="subtle"
            leftSection={allStarred ? <IconStarOff {...icon} /> : <IconStar {...icon} />}
            title="Star (s)"
            onClick={() => actions.star(ids, !allStarred)}
          >
            {allStarred ? "Unstar" : "Star"}
          </Button>
          <TagMenu
            ids={ids}
            actions={actions}
            opened={menu === "tag"}
            onOpened={(opened) => onMenu(opened ? "tag" : undefined)}
            onGone={focusLibraryIfLost}
          />
          <BoardMenu
            ids={ids}
            actions={actions}
            opened={menu === "board"}
            onOpened={(opened) => onMenu(opened ? "board" : undefined)}
            onGone={focusLibraryIfLost}
          />
          <Tooltip label={canCompare ? "Side by side (c)" : `Select 2 to ${MOST_COMPARED} to compare them`}>
            <Button
              variant="subtle"
              leftSection={<IconColumns {...icon} />}
              {...(canCompare ? {} : { "data-disabled": true })}
              aria-disabled={!canCompare}
              onClick={() => {
                if (canCompare) onCompare();
              }}
            >
              Compare
            </Button>
          </Tooltip>
          <DownloadButton ids={ids} onDownload={onDownload} />
          <Button
            variant="subtle"
            leftSection={<IconTrash {...icon} />}
            title="Move to the trash (Del)"
            onClick={() => {
              actions.trash(ids);
              onClear();
            }}
          >
            Delete
          </Button>
        </>
      )}
    </SelectionToolbar>
  );
}

function everyIs(ids: ReadonlySet<string>, test: (id: string) => boolean): boolean {
  for (const id of ids) if (!test(id)) return false;
  return true;
}
