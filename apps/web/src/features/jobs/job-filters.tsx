import { useNavigate } from "@tanstack/react-router";
import { FilterSelect } from "./filter-select.tsx";
import styles from "./job-filters.module.css";
import { JOB_KINDS, type JobsSearch, parseJobsSearch } from "./jobs-search.ts";
import { JOB_STATUS_OPTIONS } from "../../domain/job-status.ts";

interface JobFiltersProps {
  readonly search: JobsSearch;
  readonly providers: readonly { readonly value: string; readonly label: string }[];
  readonly shown: string;
}

/** Filters by status, provider and kind; the address keeps them. */
export function JobFilters({ search, providers, shown }: JobFiltersProps) {
  const navigate = useNavigate();
  const change = (key: keyof JobsSearch, value: string | undefined) =>
    void navigate({
      to: ".",
      search: () => parseJobsSearch({ ...search, [key]: value }),
      replace: true,
    });
  return (
    <fieldset className={styles["bar"]} aria-label="Filters">
      <FilterSelect
        label="Status"
        options={[{ value: "active", label: "Under way" }, ...JOB_STATUS_OPTIONS]}
        value={search.status}
        onChange={(value) => change("status", value)}
      />
      <FilterSelect
        label="Provider"
        options={providers}
        value={search.provider}
        onChange={(value) => change("provider", value)}
      />
      <FilterSelect
        label="Kind"
        options={JOB_KINDS}
        value={search.kind}
        onChange={(value) => change("kind", value)}
      />
      <output className={styles["shown"]}>{shown}</output>
    </fieldset>
  );
}
