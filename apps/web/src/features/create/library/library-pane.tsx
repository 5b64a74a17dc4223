import type { GeneratedContent } from "@safelight/shared";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { NothingYet } from "../../../components/nothing-yet.tsx";
import type { MenuPlace } from "../../../components/menu-place.ts";
import { useSelection } from "../../../components/use-selection.ts";
import { useToday } from "../../../components/use-today.ts";
import { type CreateSearch, parseCreateSearch } from "../create-search.ts";
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
import { TileNames } from "./tile-names.ts";
import { useFactNames } from "../viewer/use-fact-names.ts";
import { useLibrary } from "./use-library.ts";
import { ROW_HEIGHTS, useRowSize } from "./use-row-size.ts";
import { useTileCommands } from "./use-tile-commands.ts";

const Viewer = lazy(async () => ({ default: (await import("../viewer/viewer.tsx")).Viewer }));
const TileMenu = lazy(async () => ({ default: (await import("../select/tile-menu.tsx")).TileMenu }));
const Compare = lazy(async () => ({ default: (await import("../compare/compare.tsx")).Compare }));

interface LibraryPaneProps {
  readonly search: CreateSearch;
  readonly onAdd: (files: readonly File[]) => void;
  readonly onReuse: (content: GeneratedContent) => void;
  /** Stands under the pictures. */
  readonly children?: ReactNode;
}

/** A context menu: of which pictures, and where. */
interface Asking {
  readonly ids: ReadonlySet<string>;
  readonly place: MenuPlace;
}

/** Everything that there is: found, narrowed, selected, compared, opened. */
export function LibraryPane({ search, onAdd, onReuse, children }: LibraryPaneProps) {
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
  const names = useFactNames();
  const [menu, setMenu] = useState<OpenMenu>();
  const [asking, setAsking] = useState<Asking>();
  const { clear, only } = selection;
  const open = (id: string) => change({ picture: id }, false);
  const compare = (ids: Iterable<string>) => change({ compare: [...ids] }, false);
  const commands = useTileCommands({
    selection,
    actions,
    onOpen: open,
    onCompare: compare,
    onDownload: (ids, variant) => void download(ids, variant),
    onSelectionMenu: setMenu,
    onMenu: (ids, place) => setAsking({ ids, place }),
  });

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
          <TileNames value={names}>
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
          </TileNames>
        )}
        {selection.ids.size > 0 && (
          <SelectionBar
            ids={selection.ids}
            inTrash={search.show === "trash"}
            actions={actions}
            menu={menu}
            onMenu={setMenu}
            onCompare={() => compare(selection.ids)}
            onDownload={(variant) => void download(selection.ids, variant)}
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
        {asking !== undefined && (
          <TileMenu
            {...asking}
            inTrash={search.show === "trash"}
            actions={actions}
            onOpen={open}
            onTag={() => {
              only(asking.ids);
              setMenu("tag");
            }}
            onBoard={() => {
              only(asking.ids);
              setMenu("board");
            }}
            onCompare={() => compare(asking.ids)}
            onDownload={(variant) => void download(asking.ids, variant)}
            onReuse={onReuse}
            onGone={clear}
            onClose={() => setAsking(undefined)}
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
    <NothingYet
      title="No pictures yet"
      text="Write a prompt and press Generate, or drop, paste or add your own pictures and clips."
    />
  );
}
