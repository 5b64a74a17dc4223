import { formatUsd } from "../../../domain/format.ts";
import type { JobsSearch } from "../jobs-search.ts";
import { FilterPopover } from "./filter-popover.tsx";

interface CostFilterProps {
  readonly search: JobsSearch;
  readonly onChange: (set: Partial<Record<keyof JobsSearch, unknown>>) => void;
}

type Range = Pick<JobsSearch, "minUsd" | "maxUsd" | "charge">;

const PRESETS: readonly { readonly label: string; readonly range: Range }[] = [
  { label: "Any", range: {} },
  { label: "Free", range: { maxUsd: 0 } },
  { label: "Up to $0.05", range: { minUsd: 0.000_001, maxUsd: 0.05 } },
  { label: "$0.05 to $0.50", range: { minUsd: 0.05, maxUsd: 0.5 } },
  { label: "$0.50 and more", range: { minUsd: 0.5 } },
  { label: "Not known", range: { charge: "unknown" } },
];

/** What the jobs cost, as reported or estimated. */
export function CostFilter({ search, onChange }: CostFilterProps) {
  const { minUsd, maxUsd, charge } = search;
  const isSame = (range: Range) =>
    range.minUsd === minUsd && range.maxUsd === maxUsd && range.charge === charge;
  const preset = PRESETS.find(({ range }) => isSame(range));
  const isAny = preset?.label === "Any";
  const own = `${formatUsd(minUsd ?? 0)} – ${maxUsd === undefined ? "…" : formatUsd(maxUsd)}`;
  const field = (key: "minUsd" | "maxUsd", label: string) => (
    <label>
      {label}
      <input
        type="number"
        min={0}
        step="any"
        placeholder="$"
        value={search[key] ?? ""}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          onChange({ [key]: Number.isNaN(value) ? undefined : value, charge: undefined });
        }}
      />
    </label>
  );
  return (
    <FilterPopover
      label="Cost"
      current={isAny ? undefined : (preset?.label ?? own)}
      presets={PRESETS.map(({ label, range }) => ({
        label,
        isOn: isSame(range),
        choose: () => onChange({ minUsd: undefined, maxUsd: undefined, charge: undefined, ...range }),
      }))}
    >
      {field("minUsd", "At least")}
      {field("maxUsd", "At most")}
    </FilterPopover>
  );
}
