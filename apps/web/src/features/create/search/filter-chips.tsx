import { IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useModelName } from "../../../api/use-model-name.ts";
import { useProviderName } from "../../../api/use-provider-name.ts";
import { counted } from "../../../domain/format.ts";
import { useRecords } from "../../../sync/use-records.ts";
import type { CreateSearch } from "../create-search.ts";
import { filterChips, withoutFilters } from "./filter-words.ts";
import styles from "./search.module.css";

interface FilterChipsProps {
  readonly search: CreateSearch;
  readonly found: number;
  /** Whether more may be found. */
  readonly isWhole: boolean;
  readonly onClear: () => void;
}

/** How much was found and what narrows it; each filter can be taken off by itself. */
export function FilterChips({ search, found, isWhole, onClear }: FilterChipsProps) {
  const styleRecords = useRecords("styles");
  const provider = useProviderName();
  const model = useModelName();
  const style = (id: string) => styleRecords.find((each) => each.id === id)?.name ?? "Style";
  const chips = filterChips(search, { provider, model, style });
  return (
    <div className={styles["chips"]}>
      <output aria-live="polite">
        {isWhole ? counted(found, "picture") : `More than ${counted(found, "picture")}`}
      </output>
      {chips.map(({ key, words, without }) => (
        <Link
          key={key}
          from="/create"
          to="/create"
          search={without}
          replace
          preload={false}
          className={styles["chip"]}
          aria-label={`Take off the filter ${words}`}
          activeProps={{ "aria-current": undefined }}
        >
          {words}
          <IconX size={12} stroke={2} aria-hidden="true" />
        </Link>
      ))}
      {(chips.length > 0 || search.q !== undefined) && (
        <Link
          from="/create"
          to="/create"
          search={withoutFilters}
          replace
          preload={false}
          className={styles["clear"]}
          activeProps={{ "aria-current": undefined }}
          onClick={onClear}
        >
          Show all
        </Link>
      )}
    </div>
  );
}
