import { IconPhotoUp, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { SearchField } from "../../../components/search-field.tsx";
import { BoardTabs } from "../boards/board-tabs.tsx";
import { type CreateSearch, parseCreateSearch } from "../create-search.ts";
import { FilterMenu } from "../search/filter-menu.tsx";
import type { PictureActions } from "../select/use-picture-actions.tsx";
import { focusLibrary } from "./focus-library.ts";
import styles from "./library-bar.module.css";
import { ROW_HEIGHTS, type RowSize } from "./use-row-size.ts";

interface LibraryBarProps {
  readonly search: CreateSearch;
  readonly words: string;
  readonly onWords: (words: string) => void;
  /** How many pictures there are in all. */
  readonly total: number;
  readonly actions: PictureActions;
  readonly rowSize: RowSize;
  readonly onRowSize: (size: RowSize) => void;
  readonly onAdd: (files: readonly File[]) => void;
}

const SIZES = Object.keys(ROW_HEIGHTS) as RowSize[];

/** Which pictures are shown, and how. */
export function LibraryBar(props: LibraryBarProps) {
  const { search, words, onWords, total, actions, rowSize, onRowSize, onAdd } = props;
  const input = useRef<HTMLInputElement>(null);
  const oldest = search.sort === "oldest";
  const inTrash = search.show === "trash";
  const nextSize = SIZES[(SIZES.indexOf(rowSize) + 1) % SIZES.length] ?? "medium";
  return (
    <div className={styles["bar"]}>
      <BoardTabs search={search} total={total} actions={actions} />
      <div className={styles["right"]}>
        <SearchField
          label="Search the library"
          title="Prompts, names and tags (/)"
          words={words}
          onWords={onWords}
          onDown={focusLibrary}
        />
        <FilterMenu search={search} />
        <Link
          from="/create"
          to="/create"
          search={(current) => parseCreateSearch({ ...current, sort: oldest ? undefined : "oldest" })}
          className={styles["tab"]}
          preload={false}
          activeProps={{ "aria-current": undefined }}
          aria-label={
            oldest ? "Oldest first; change to newest first" : "Newest first; change to oldest first"
          }
        >
          {oldest ? "Oldest" : "Newest"}
        </Link>
        <button
          type="button"
          className={styles["tab"]}
          onClick={() => onRowSize(nextSize)}
          aria-label={`Size of the pictures: ${rowSize}; change to ${nextSize}`}
        >
          <span className={styles["wide"]}>Size</span>
          <span className={styles["sizes"]} aria-hidden="true">
            {SIZES.map((size, index) => (
              <i key={size} data-on={index <= SIZES.indexOf(rowSize)} />
            ))}
          </span>
        </button>
        <button
          type="button"
          className={styles["tab"]}
          aria-label="Add pictures and clips"
          title="Add pictures and clips"
          onClick={() => input.current?.click()}
        >
          <IconPhotoUp size={16} stroke={1.7} aria-hidden="true" />
        </button>
        <Link
          from="/create"
          to="/create"
          search={(current) => parseCreateSearch({ sort: current.sort, show: inTrash ? undefined : "trash" })}
          className={styles["tab"]}
          data-on={inTrash || undefined}
          preload={false}
          activeProps={{ "aria-current": inTrash ? "true" : undefined }}
          aria-label={inTrash ? "Leave the trash" : "Show the trash"}
          title={inTrash ? "Leave the trash" : "Trash"}
        >
          <IconTrash size={16} stroke={1.7} aria-hidden="true" />
        </Link>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept="image/png,image/jpeg,image/webp,image/gif,image/avif,video/mp4,video/webm,video/quicktime"
          onChange={(event) => {
            onAdd([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </div>
  );
}
