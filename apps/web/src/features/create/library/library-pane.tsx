import type { GeneratedContent } from "@safelight/shared";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useLatest } from "../../../components/use-latest.ts";
import { useSelection } from "../../../components/use-selection.ts";
import { useToday } from "../../../components/use-today.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type CreateSearch, MOST_COMPARED, parseCreateSearch } from "../create-search.ts";
import { useDownload } from "../download/use-download.tsx";
import { FilterChips } from "../search/filter-chips.tsx";
import { filterCount, isNarrowed } from "../search/match-contents.ts";
import { useSearchWords } from "../../../search/use-search-words.ts";
import { type OpenMenu, SelectionBar } from "../select/selection-bar.tsx";
import { usePictureActions } from "../select/use-picture-actions.tsx";
import { focusLibrary } from "./focus-library.ts";
import { LibraryBar } from "./library-bar.tsx";
import styles from "./library-pane.module.css";
import type { LibraryItem } from "./library-item.ts";
import { Library } from "./library.tsx";
import { useLibrary } from "./use-library.ts";
import { ROW_HEIGHTS, useRowSize } from "./use-row-size.ts";
import type { TileCommands } from "./use-tile-events.ts";

const Viewer = lazy(async () => ({ default: (await import("../viewer/viewer.tsx")).Viewer }));
const Compare = lazy(async () => ({ default: (await import("../compare/compare.tsx")).Compare }));

interface LibraryPaneProps {
  readonly search: CreateSearch;
  readonly onAdd: (files: readonly File[]) => void;
  readonly onReuse: (content: GeneratedContent) => void;
  /** Stands under the pictures. */
  readonly children?: ReactNode;
}

/** Everything that there is: found, narrowed, selected, compared, opened. */
export function LibraryPane({ search, onAdd, onReuse, children }: LibraryPaneProps) {
  const client = useSyncClient();
  const navigate = useNavigate({ from: "/create" });
  const today = useToday();
  const change = useCallback(
    (set: Partial<Record<keyof CreateSearch, unknown>>, replace = true) =>
      void navigate({ search: (current) => parseCreateSearch({ ...current, ...set }), replace }),
    [navigate],
  );
  const [words, setWords] = useSearchWords(search.q, (q) => change({ q }));
  const { q: _q, ...others } = search;
  const asked: CreateSearch = words.trim() === "" ? others : { ...others, q: words };
  const { total, view, items, isWhole, all, memory } = useLibrary(asked, today);
  const [rowSize, setRowSize] = useRowSize();
  const selection = useSelection(() => idsOf(all()));
  const actions = usePictureActions();
  const download = useDownload();
  const [menu, setMenu] = useState<OpenMenu>();
  const selected = useLatest(selection.ids);
  const { toggle, extendTo, clear, all: selectAll, band } = selection;

  const commands: TileCommands = useMemo(() => {
    const targets = (id: string): ReadonlySet<string> =>
      selected.current.size > 0 ? selected.current : new Set([id]);
    const select = (id: string) => {
      if (selected.current.size === 0) toggle(id);
    };
    const isStarred = (id: string) => client.get("contents", id)?.star === true;
    return {
      open: (id) => change({ picture: id }, false),
      toggle,
      extendTo,
      star: (id) => void client.update("contents", id, { star: isStarred(id) ? null : true }),
      selectAll,
      band,
      clear: () => {
        const had = selected.current.size > 0;
        if (had) clear();
        return had;
      },
      key: (key, id) => {
        const ids = targets(id);
        if (key === "s") {
          if (selected.current.size === 0)
            client.update("contents", id, { star: isStarred(id) ? null : true });
          else actions.star(ids, ![...ids].every(isStarred));
        } else if (key === "t" || key === "b") {
          select(id);
          setMenu(key === "t" ? "tag" : "board");
        } else if (key === "c" && ids.size >= 2 && ids.size <= MOST_COMPARED)
          change({ compare: [...ids] }, false);
        else if (key === "d") void download(ids);
        else if (key === "Delete" || key === "Backspace") {
          actions.trash(ids);
          clear();
        } else return false;
        return true;
      },
    };
  }, [client, selected, change, toggle, extendTo, selectAll, band, clear, actions, download]);

  const found = items.length;
  const isSearching = asked.q !== undefined || filterCount(search) > 0;
  const isOpen = search.picture !== undefined;
  const pictures = useMemo(() => (isOpen ? idsOf(items) : []), [isOpen, items]);
  return (
    <section className={styles["library"]} aria-label="Library">
      <LibraryBar
        search={search}
        words={words}
        onWords={setWords}
        total={total}
        actions={actions}
        rowSize={rowSize}
        onRowSize={setRowSize}
        onAdd={onAdd}
      />
      {isSearching && (
        <FilterChips search={asked} found={found} isWhole={isWhole} onClear={() => setWords("")} />
      )}
      <div className={styles["stage"]}>
        {items.length === 0 ? (
          <NothingHere narrowed={isNarrowed(asked)} inTrash={search.show === "trash"} />
        ) : (
          <Library
            items={items}
            rowHeight={ROW_HEIGHTS[rowSize]}
            today={today}
            view={view}
            narrowed={isNarrowed(asked)}
            memory={memory}
            selected={selection.ids}
            commands={commands}
          />
        )}
        {selection.ids.size > 0 && (
          <SelectionBar
            ids={selection.ids}
            inTrash={search.show === "trash"}
            actions={actions}
            menu={menu}
            onMenu={setMenu}
            onCompare={() => change({ compare: [...selection.ids] }, false)}
            onDownload={() => void download(selection.ids)}
            onClear={() => {
              clear();
              focusLibrary();
            }}
          />
        )}
      </div>
      {children}
      <Suspense fallback={null}>
        {search.picture !== undefined && (
          <Viewer
            id={search.picture}
            ids={pictures}
            actions={actions}
            onShow={(picture) => change({ picture })}
            onClose={() => change({ picture: undefined })}
            onReuse={onReuse}
          />
        )}
        {search.compare !== undefined && (
          <Compare ids={search.compare} onClose={() => change({ compare: undefined })} />
        )}
      </Suspense>
    </section>
  );
}

function idsOf(items: readonly LibraryItem[]): readonly string[] {
  const ids: string[] = [];
  for (const item of items) if (item.kind === "picture") ids.push(item.content.id);
  return ids;
}

function NothingHere({ narrowed, inTrash }: { narrowed: boolean; inTrash: boolean }) {
  if (inTrash)
    return <EmptyState title="The trash is empty" text="Deleted pictures stay here for seven days." />;
  return narrowed ? (
    <EmptyState title="Nothing here" text="No picture is in this selection." />
  ) : (
    <EmptyState
      title="No pictures yet"
      text="Write a prompt and press Generate, or drop, paste or add your own PNG, JPEG or WebP files."
    />
  );
}
