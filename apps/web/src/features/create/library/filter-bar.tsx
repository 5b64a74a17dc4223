import { IconPhotoUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { formatCount } from "../../../domain/format.ts";
import { type CreateSearch, parseCreateSearch } from "../create-search.ts";
import type { LibraryFilter } from "./filter-items.ts";
import styles from "./filter-bar.module.css";
import { ROW_HEIGHTS, type RowSize } from "./use-row-size.ts";

interface FilterBarProps {
  readonly search: CreateSearch;
  readonly filters: readonly LibraryFilter[];
  readonly rowSize: RowSize;
  readonly onRowSize: (size: RowSize) => void;
  readonly onAdd: (files: readonly File[]) => void;
}

const SIZES = Object.keys(ROW_HEIGHTS) as RowSize[];

export function FilterBar({ search, filters, rowSize, onRowSize, onAdd }: FilterBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const oldest = search.sort === "oldest";
  const nextSize = SIZES[(SIZES.indexOf(rowSize) + 1) % SIZES.length] ?? "medium";
  return (
    <div className={styles["bar"]}>
      <nav className={styles["tags"]} aria-label="Show">
        {filters.map(({ value, label, count }) => (
          <FilterTag key={label} value={value} current={search.show}>
            {label}
            {value === undefined && ` ${formatCount(count)}`}
          </FilterTag>
        ))}
      </nav>
      <div className={styles["right"]}>
        <button type="button" className={styles["tag"]} onClick={() => input.current?.click()}>
          <IconPhotoUp size={15} stroke={1.7} aria-hidden="true" />
          <span className={styles["wide"]}>Add pictures</span>
          <span className={styles["narrow"]}>Add</span>
        </button>
        <Link
          to="/create"
          search={(current) => parseCreateSearch({ ...current, sort: oldest ? undefined : "oldest" })}
          className={styles["tag"]}
          preload={false}
          aria-label={
            oldest ? "Oldest first; change to newest first" : "Newest first; change to oldest first"
          }
        >
          {oldest ? "Oldest" : "Newest"}
        </Link>
        <button
          type="button"
          className={styles["tag"]}
          onClick={() => onRowSize(nextSize)}
          aria-label={`Size of the pictures: ${rowSize}; change to ${nextSize}`}
        >
          Size
          <span className={styles["sizes"]} aria-hidden="true">
            {SIZES.map((size, index) => (
              <i key={size} data-on={index <= SIZES.indexOf(rowSize)} />
            ))}
          </span>
        </button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
          onChange={(event) => {
            onAdd([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </div>
  );
}

function FilterTag(props: {
  readonly value: string | undefined;
  readonly current: string | undefined;
  readonly children: ReactNode;
}) {
  const { value, current, children } = props;
  const on = value === current;
  return (
    <Link
      to="/create"
      search={(current) => parseCreateSearch({ ...current, show: value })}
      className={styles["tag"]}
      data-on={on || undefined}
      // The router takes every link to this room for the current page: only the filter shown is.
      activeProps={{ "aria-current": on ? "true" : undefined }}
      preload={false}
    >
      {children}
    </Link>
  );
}
