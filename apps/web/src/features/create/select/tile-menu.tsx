import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { GeneratedContent } from "@safelight/shared";
import { useNavigate } from "@tanstack/react-router";
import { ContextMenu } from "../../../components/context-menu.tsx";
import type { MenuPlace } from "../../../components/menu-place.ts";
import { counted } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { MOST_COMPARED } from "../create-search.ts";
import { a1111Text } from "../download/a1111-text.ts";
import { DownloadItems } from "../download/download-items.tsx";
import type { DownloadVariant } from "../download/download-variant.ts";
import { variantsOf } from "../download/download-variants.ts";
import { focusLibrary } from "../library/focus-library.ts";
import { isMade, pictureTitle } from "../library/picture-words.ts";
import { contentsOf } from "./contents-of.ts";
import type { PictureActions } from "./use-picture-actions.tsx";

interface TileMenuProps {
  readonly ids: ReadonlySet<string>;
  readonly place: MenuPlace;
  readonly inTrash: boolean;
  readonly actions: PictureActions;
  readonly onOpen: (id: string) => void;
  readonly onTag: () => void;
  readonly onBoard: () => void;
  readonly onCompare: () => void;
  readonly onDownload: (variant: DownloadVariant) => void;
  readonly onReuse: (content: GeneratedContent) => void;
  /** They are selected no more: they left what is shown. */
  readonly onGone: () => void;
  readonly onClose: () => void;
}

/** What can be done with a picture, or with all that are selected. */
export function TileMenu(props: TileMenuProps) {
  const { ids, place, inTrash, actions, onTag, onBoard, onCompare, onDownload, onGone, onClose } = props;
  const client = useSyncClient();
  const contents = [...contentsOf(client, ids)];
  const [first] = contents;
  if (first === undefined) return null;
  const one = contents.length === 1 ? first : undefined;
  const allStarred = contents.every(({ star }) => star === true);
  return (
    <ContextMenu
      place={place}
      label={one === undefined ? counted(contents.length, "picture") : pictureTitle(one)}
      onClose={onClose}
      otherwise={focusLibrary}
    >
      {one !== undefined && <Menu.Item onClick={() => props.onOpen(one.id)}>Open</Menu.Item>}
      {inTrash ? (
        <Menu.Item
          onClick={() => {
            actions.restore(ids);
            onGone();
          }}
        >
          Bring back
        </Menu.Item>
      ) : (
        <>
          <Menu.Item rightSection="s" onClick={() => actions.star(ids, !allStarred)}>
            {allStarred ? "Unstar" : "Star"}
          </Menu.Item>
          <Menu.Item rightSection="t" onClick={onTag}>
            Tag…
          </Menu.Item>
          <Menu.Item rightSection="b" onClick={onBoard}>
            Board…
          </Menu.Item>
          {contents.length > 1 && (
            <Menu.Item rightSection="c" disabled={contents.length > MOST_COMPARED} onClick={onCompare}>
              Compare
            </Menu.Item>
          )}
          <Menu.Divider />
          <DownloadItems variants={variantsOf(contents)} onDownload={onDownload} />
          {one !== undefined && <OneItems content={one} onReuse={props.onReuse} />}
          <Menu.Divider />
          <Menu.Item
            rightSection="Del"
            onClick={() => {
              actions.trash(ids);
              onGone();
            }}
          >
            Delete
          </Menu.Item>
        </>
      )}
    </ContextMenu>
  );
}

/** What only a single picture can be asked for. */
function OneItems({ content, onReuse }: { content: GeneratedContent } & Pick<TileMenuProps, "onReuse">) {
  const clipboard = useClipboard();
  const navigate = useNavigate();
  const { jobId } = content;
  return (
    <>
      {content.prompt !== "" && (
        <>
          <Menu.Divider />
          <Menu.Item onClick={() => clipboard.copy(content.prompt)}>Copy prompt</Menu.Item>
          <Menu.Item onClick={() => clipboard.copy(a1111Text(content))}>Copy settings</Menu.Item>
        </>
      )}
      {isMade(content) && <Menu.Item onClick={() => onReuse(content)}>Reuse settings</Menu.Item>}
      {jobId !== undefined && (
        <Menu.Item onClick={() => void navigate({ to: "/jobs/$jobId", params: { jobId } })}>
          Show the job
        </Menu.Item>
      )}
    </>
  );
}
