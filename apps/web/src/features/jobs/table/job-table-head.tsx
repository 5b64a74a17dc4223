import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type JobSort, type JobSortKey, readSort } from "./job-sort.ts";
import styles from "./job-table.module.css";

interface JobTableHeadProps {
  readonly sort: JobSort | undefined;
  readonly onSort: (sort: JobSort | undefined) => void;
}

interface Column {
  readonly key: JobSortKey;
  readonly title: string;
  readonly spoken?: string;
  readonly className: string;
  /** What is most often looked for: the largest, or the first letter. */
  readonly first: "ascending" | "descending";
}

const BEFORE: Column = {
  key: "number",
  title: "#",
  spoken: "Number",
  className: "number",
  first: "descending",
};
const COLUMNS: readonly Column[] = [
  { key: "prompt", title: "Prompt", className: "prompt", first: "ascending" },
  { key: "kind", title: "Kind", className: "kind", first: "ascending" },
  { key: "provider", title: "Provider", className: "provider", first: "ascending" },
  { key: "status", title: "Status", className: "status", first: "ascending" },
  { key: "cost", title: "Cost", className: "cost", first: "descending" },
  { key: "duration", title: "Took", className: "took", first: "descending" },
];

/** Titles of the columns, each a button that orders by it: one way, the other way, and newest first again. */
export function JobTableHead({ sort, onSort }: JobTableHeadProps) {
  const head = (column: Column) => <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={styles["check"]}>
          <span className="visually-hidden">Selected</span>
        </th>
        {head(BEFORE)}
        <th scope="col" className={styles["thumb"]}>
          <span className="visually-hidden">Picture</span>
        </th>
        {COLUMNS.map(head)}
      </tr>
    </thead>
  );
}

function HeadCell({ column, sort, onSort }: JobTableHeadProps & { readonly column: Column }) {
  const { key, title, spoken, className, first } = column;
  const current = sort === undefined ? undefined : readSort(sort);
  const isOn = current?.key === key;
  const direction = !isOn ? undefined : current.isDescending ? "descending" : "ascending";
  const Arrow = direction === "descending" ? IconArrowDown : IconArrowUp;
  const next = () => {
    if (direction === undefined) return first === "ascending" ? key : (`-${key}` as const);
    if (direction !== first) return undefined;
    return first === "ascending" ? (`-${key}` as const) : key;
  };
  return (
    <th scope="col" className={styles[className]} aria-sort={direction ?? "none"}>
      <button type="button" aria-label={spoken} title="Order by this" onClick={() => onSort(next())}>
        {title}
        {isOn && <Arrow size={13} stroke={2} aria-hidden="true" />}
      </button>
    </th>
  );
}
