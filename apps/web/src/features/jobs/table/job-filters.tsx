import { memo, type ReactNode } from "react";
import type { CatalogueProvider } from "../../../api/catalogue.ts";
import { distinctModelNames } from "../../../api/model-names.ts";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { SearchField } from "../../../components/search-field.tsx";
import { JOB_STATUS_OPTIONS } from "../../../domain/job-status.ts";
import { formatCount } from "../../../domain/format.ts";
import type { JobFacets } from "../figures/job-tally.ts";
import { JOB_KINDS, type JobsSearch } from "../jobs-search.ts";
import { CostFilter } from "./cost-filter.tsx";
import { DateFilter } from "./date-filter.tsx";
import { FilterSelect } from "./filter-select.tsx";
import { focusJobs } from "./focus-jobs.ts";
import styles from "./job-filters.module.css";

interface JobFiltersProps {
  readonly search: JobsSearch;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly onChange: (set: Partial<Record<keyof JobsSearch, unknown>>) => void;
  readonly facets: JobFacets;
  readonly providerName: (id: string) => string;
  /** What can be done with the whole table. */
  readonly children: ReactNode;
}

/** Words and filters; the address keeps them. */
export function JobFilters(props: JobFiltersProps) {
  const { search, words, onWords, onChange, facets, providerName, children } = props;
  return (
    <fieldset className={styles["bar"]} aria-label="Filters">
      <SearchField
        label="Search the jobs"
        title="Prompts, models, errors and ids (/)"
        words={words}
        onWords={onWords}
        onDown={focusJobs}
      />
      <FilterMenus search={search} onChange={onChange} facets={facets} providerName={providerName} />
      <div className={styles["actions"]}>{children}</div>
    </fieldset>
  );
}

/** Apart, because drawing them takes longer than a key press may. */
const FilterMenus = memo(function FilterMenus(
  props: Pick<JobFiltersProps, "search" | "onChange" | "facets" | "providerName">,
) {
  const { search, onChange, facets, providerName } = props;
  const catalogue = useCatalogue();
  const providers = mostFirst(facets.providers).map(([value, count]) => ({
    value,
    label: providerName(value),
    note: formatCount(count),
  }));
  return (
    <>
      <FilterSelect
        label="Status"
        options={[{ value: "active", label: "Under way" }, ...JOB_STATUS_OPTIONS]}
        value={search.status}
        onChange={(status) => onChange({ status })}
      />
      <FilterSelect
        label="Provider"
        options={providers}
        value={search.provider}
        onChange={(provider) => onChange({ provider, model: undefined })}
      />
      <FilterSelect
        label="Kind"
        options={JOB_KINDS}
        value={search.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label="Model"
        options={modelsOf(facets, search.provider, catalogue)}
        value={search.model}
        onChange={(model) => onChange({ model })}
      />
      <DateFilter search={search} onChange={onChange} />
      <CostFilter search={search} onChange={onChange} />
    </>
  );
});

function modelsOf(
  { models }: JobFacets,
  provider: string | undefined,
  catalogue: readonly CatalogueProvider[],
) {
  const counts = new Map<string, number>();
  for (const [owner, own] of models) {
    if (provider !== undefined && owner !== provider) continue;
    for (const [model, count] of own) counts.set(model, (counts.get(model) ?? 0) + count);
  }
  const nameOf = distinctModelNames(catalogue, [...counts.keys()]);
  return mostFirst(counts).map(([value, count]) => ({
    value,
    label: nameOf(value),
    note: formatCount(count),
  }));
}

function mostFirst(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([, one], [, other]) => other - one);
}
