import { IconX } from "@tabler/icons-react";
import { counted, formatCount } from "../../../domain/format.ts";
import { type JobsSearch, parseJobsSearch } from "../jobs-search.ts";
import styles from "./job-filters.module.css";

interface FoundLineProps {
  readonly search: JobsSearch;
  readonly found: number;
  readonly total: number;
  readonly onClear: (search: JobsSearch) => void;
}

/** How many jobs are left by what narrows the table, and the way back to all. */
export function FoundLine({ search, found, total, onClear }: FoundLineProps) {
  return (
    <div className={styles["found"]}>
      <output aria-live="polite">
        {counted(found, "job")} of {formatCount(total)}
      </output>
      {search.batch !== undefined && (
        <button type="button" onClick={() => onClear(parseJobsSearch({ ...search, batch: undefined }))}>
          Asked for together
          <IconX size={12} stroke={2} aria-label="Take off" />
        </button>
      )}
      <button type="button" onClick={() => onClear(parseJobsSearch({ order: search.order }))}>
        Show all
      </button>
    </div>
  );
}
