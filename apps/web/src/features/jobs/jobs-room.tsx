import { Drawer } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCatalogue } from "../../api/use-catalogue.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { PaneHandle } from "../../components/pane-handle.tsx";
import { useNarrow } from "../../components/use-narrow.ts";
import { usePaneWidth } from "../../components/use-pane-width.ts";
import { counted } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import { filterJobs } from "./filter-jobs.ts";
import { JobDetail } from "./job-detail.tsx";
import { JobFigures } from "./job-figures.tsx";
import { JobFilters } from "./job-filters.tsx";
import { JobTable } from "./job-table.tsx";
import styles from "./jobs-room.module.css";

/** Every job there is, live, and one of them in detail. */
export function JobsRoom() {
  const search = useSearch({ from: "/jobs" });
  const { jobId } = useParams({ strict: false });
  const navigate = useNavigate();
  const jobs = useRecords("jobs");
  const catalogue = useCatalogue();
  const narrow = useNarrow();
  const pane = usePaneWidth({ pane: "job", initial: 400, min: 300, max: 640 });
  const columns = `minmax(0, 1fr) min(${pane.width}px, 42%)`;
  const shown = filterJobs(jobs, search);
  const filtered = shown.length !== jobs.length;
  const nameOf = (provider: string) => catalogue.find(({ id }) => id === provider)?.name ?? provider;
  const providers = [...new Set(jobs.map((job) => job.provider))].map((value) => ({
    value,
    label: nameOf(value),
  }));
  const aside = jobId !== undefined && !narrow;
  const close = () => void navigate({ to: "/jobs", search });
  const detail = jobId !== undefined && (
    <JobDetail key={jobId} jobId={jobId} providerName={nameOf} onClose={close} />
  );

  return (
    <div className={styles["room"]} style={aside ? { gridTemplateColumns: columns } : undefined}>
      <section className={styles["left"]} aria-label="All jobs">
        {jobs.length === 0 ? (
          <EmptyState
            title="No jobs yet"
            text="Each press of Generate makes one. It is listed here from that moment, also while the server is away."
            action={<LinkButton to="/create">Go to Create</LinkButton>}
          />
        ) : (
          <>
            <JobFigures jobs={jobs} />
            <JobFilters
              search={search}
              providers={providers}
              shown={filtered ? `${counted(shown.length, "job")} of ${jobs.length}` : ""}
            />
            {shown.length === 0 ? (
              <EmptyState
                title="No job is like this"
                text="The filters leave nothing over."
                action={
                  <LinkButton to="/jobs" search={{}}>
                    Show all jobs
                  </LinkButton>
                }
              />
            ) : (
              <JobTable jobs={shown} selectedId={jobId} search={search} providerName={nameOf} />
            )}
          </>
        )}
      </section>
      {narrow ? (
        <Drawer
          opened={jobId !== undefined}
          onClose={close}
          position="right"
          size={420}
          padding={0}
          withCloseButton={false}
          aria-label="Job"
          classNames={{ body: styles["sheetBody"] ?? "" }}
        >
          {detail}
        </Drawer>
      ) : (
        detail !== false && (
          <aside className={styles["detail"]} aria-label="Job">
            <PaneHandle label="Width of the job" pane="right" width={pane.width} onResize={pane.resize} />
            {detail}
          </aside>
        )
      )}
    </div>
  );
}
