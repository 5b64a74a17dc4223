import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useProviderName } from "../../api/use-provider-name.ts";
import { PaneHandle } from "../../components/pane-handle.tsx";
import { useNarrow } from "../../components/use-narrow.ts";
import { Sheet } from "../../components/sheet.tsx";
import { usePaneWidth } from "../../components/use-pane-width.ts";
import { JobDetail } from "./detail/job-detail.tsx";
import { JobsPane } from "./jobs-pane.tsx";
import styles from "./jobs-room.module.css";

/** Every job there is, live, and one of them in detail. */
export function JobsRoom() {
  const search = useSearch({ from: "/jobs" });
  const { jobId } = useParams({ strict: false });
  const navigate = useNavigate();
  const nameOf = useProviderName();
  const narrow = useNarrow();
  const pane = usePaneWidth({ pane: "job", initial: 400, min: 300, max: 640 });
  const columns = `minmax(0, 1fr) min(${pane.width}px, 42%)`;
  const aside = jobId !== undefined && !narrow;
  const close = () => void navigate({ to: "/jobs", search });
  const detail = jobId !== undefined && (
    <JobDetail key={jobId} jobId={jobId} providerName={nameOf} onClose={close} />
  );

  return (
    <div className={styles["room"]} style={aside ? { gridTemplateColumns: columns } : undefined}>
      <JobsPane search={search} openId={jobId} providerName={nameOf} />
      {narrow ? (
        <Sheet
          opened={jobId !== undefined}
          onClose={close}
          position="right"
          size={420}
          withCloseButton={false}
          aria-label="Job"
          classNames={{ body: styles["sheetBody"] ?? "" }}
        >
          {detail}
        </Sheet>
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
