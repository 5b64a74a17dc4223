import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import type { MenuPlace } from "../../../components/menu-place.ts";
import { useLatest } from "../../../components/use-latest.ts";
import type { SelectionControl } from "../../../components/use-selection.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { MOST_COMPARED } from "../create-search.ts";
import type { DownloadVariant } from "../download/download-variant.ts";
import { DOWNLOAD_VARIANTS } from "../download/download-variants.ts";
import type { OpenMenu } from "../select/selection-bar.tsx";
import type { PictureActions } from "../select/use-picture-actions.tsx";
import type { TileCommands } from "./use-tile-events.ts";

interface TileCommandsOptions {
  readonly selection: SelectionControl;
  readonly actions: PictureActions;
  readonly onOpen: (id: string) => void;
  readonly onCompare: (ids: Iterable<string>) => void;
  readonly onDownload: (ids: Iterable<string>, variant: DownloadVariant) => void;
  /** The menu of tags or boards of what is selected. */
  readonly onSelectionMenu: (menu: OpenMenu) => void;
  /** The context menu of these pictures. */
  readonly onMenu: (ids: ReadonlySet<string>, place: MenuPlace) => void;
}

/** What the tiles can be asked for, done to what is selected, or to the one that was asked. Keeps its identity. */
export function useTileCommands(options: TileCommandsOptions): TileCommands {
  const client = useSyncClient();
  const latest = useLatest(options);
  return useMemo(() => {
    const selected = () => latest.current.selection.ids;
    const targets = (id: string): ReadonlySet<string> => (selected().size > 0 ? selected() : new Set([id]));
    const isStarred = (id: string) => client.get("contents", id)?.star === true;
    const star = (id: string) => void client.update("contents", id, { star: isStarred(id) ? null : true });
    const { toggle, extendTo, clear, all, band } = latest.current.selection;

    function key(pressed: string, id: string): boolean {
      const { actions, onCompare, onDownload, onSelectionMenu } = latest.current;
      const ids = targets(id);
      const variant = DOWNLOAD_VARIANTS.find((each) => each.key === pressed);
      if (pressed === "s") {
        if (selected().size === 0) star(id);
        else actions.star(ids, ![...ids].every(isStarred));
      } else if (pressed === "t" || pressed === "b") {
        if (selected().size === 0) toggle(id);
        onSelectionMenu(pressed === "t" ? "tag" : "board");
      } else if (pressed === "c") {
        if (ids.size >= 2 && ids.size <= MOST_COMPARED) onCompare(ids);
        else sayWhatCompares(selected().size);
      } else if (pressed === "Delete" || pressed === "Backspace") {
        actions.trash(ids);
        clear();
      } else if (variant === undefined) return false;
      else onDownload(ids, variant);
      return true;
    }

    return {
      open: (id) => latest.current.onOpen(id),
      toggle,
      extendTo,
      star,
      // One that is not selected is asked for itself.
      menu: (id, place) => latest.current.onMenu(selected().has(id) ? selected() : new Set([id]), place),
      selectAll: all,
      band,
      clear: () => {
        const had = selected().size > 0;
        if (had) clear();
        return had;
      },
      key,
    };
  }, [client, latest]);
}

function sayWhatCompares(count: number): void {
  notifications.show({
    id: "compare",
    title: `Select 2 to ${MOST_COMPARED} pictures to compare them`,
    message: count === 0 ? "" : `${count} selected.`,
    closeButtonProps: { "aria-label": "Close" },
  });
}
