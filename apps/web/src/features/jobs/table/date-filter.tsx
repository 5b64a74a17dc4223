import { formatDay } from "../../../domain/format.ts";
import type { JobsSearch } from "../jobs-search.ts";
import { FilterPopover } from "./filter-popover.tsx";

interface DateFilterProps {
  readonly search: JobsSearch;
  readonly onChange: (set: Partial<Record<keyof JobsSearch, unknown>>) => void;
}

const PRESETS = [
  { days: undefined, label: "Any" },
  { days: 1, label: "Today" },
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
] as const;

/** When the jobs were asked for: the last so many days, or between two. */
export function DateFilter({ search, onChange }: DateFilterProps) {
  const { days, from, to } = search;
  const preset = PRESETS.find((each) => each.days === days);
  const isAny = days === undefined && from === undefined && to === undefined;
  const current = isAny
    ? undefined
    : days !== undefined
      ? (preset?.label ?? `${days} days`)
      : `${from === undefined ? "…" : formatDay(from)} – ${to === undefined ? "…" : formatDay(to)}`;
  const field = (key: "from" | "to", label: string) => (
    <label>
      {label}
      <input
        type="date"
        value={search[key] ?? ""}
        onChange={(event) => onChange({ [key]: event.currentTarget.value, days: undefined })}
      />
    </label>
  );
  return (
    <FilterPopover
      // "Last 30 days", but "Date Today".
      label={days !== undefined && days > 1 ? "Last" : "Date"}
      current={current}
      presets={PRESETS.map((each) => ({
        label: each.label,
        isOn: each.days === undefined ? isAny : each.days === days,
        choose: () => onChange({ days: each.days, from: undefined, to: undefined }),
      }))}
    >
      {field("from", "From")}
      {field("to", "To")}
    </FilterPopover>
  );
}
