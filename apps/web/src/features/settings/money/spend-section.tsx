import { Select } from "@mantine/core";
import { STUDIO_PREFERENCES } from "@safelight/shared";
import { useProviderName } from "../../../api/use-provider-name.ts";
import { Nothing, Section } from "../../../components/page.tsx";
import { RowList } from "../../../components/row-list.tsx";
import { useNow } from "../../../components/use-now.ts";
import { counted, formatUsd } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import styles from "./money.module.css";
import { dayIn, type SpendSum } from "./spend.ts";
import { useSpend } from "./use-spend.ts";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** What was spent today and this month, and where. */
export function SpendSection({ version }: { version: string }) {
  const zone = useRecord("preferences", STUDIO_PREFERENCES)?.timeZone ?? "UTC";
  const today = dayIn(zone, new Date(useNow(false)));
  const byDay = useSpend({ from: `${today.slice(0, 8)}01`, by: "day" }, version);
  const byProvider = useSpend({ from: `${today.slice(0, 8)}01`, by: "provider" }, version);
  const nameOf = useProviderName();
  const ofToday = byDay.data?.groups.find(({ key }) => key === today);
  return (
    <Section
      id="spend"
      title="Spend"
      aside={
        <a className={styles["link"]} href="/api/ledger.csv" download>
          Download as CSV
        </a>
      }
    >
      <dl className={styles["figures"]}>
        <Figure label="Today" sum={ofToday} isKnown={byDay.data !== undefined} />
        <Figure label="This month" sum={byDay.data?.total} isKnown={byDay.data !== undefined} />
      </dl>
      {byProvider.data !== undefined && byProvider.data.groups.length > 0 ? (
        <RowList
          label="Spend by provider this month"
          rows={byProvider.data.groups.map((sum) => ({
            key: sum.key,
            title: nameOf(sum.key),
            detail: detailOf(sum),
            end: sum.usd === 0 && sum.unknownJobs > 0 ? "unknown" : formatUsd(sum.usd),
          }))}
        />
      ) : (
        <Nothing>
          {byProvider.isError
            ? "The server cannot be asked what was spent."
            : "Nothing was paid for this month."}
        </Nothing>
      )}
      <div className={styles["zone"]}>
        <ZoneSelect zone={zone} />
      </div>
    </Section>
  );
}

function Figure({ label, sum, isKnown }: { label: string; sum: SpendSum | undefined; isKnown: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{isKnown ? formatUsd(sum?.usd ?? 0) : "–"}</dd>
    </div>
  );
}

function detailOf({ jobs, estimatedUsd, unknownJobs }: SpendSum): string {
  const parts = [counted(jobs, "job")];
  if (estimatedUsd > 0) parts.push(`${formatUsd(estimatedUsd)} of it estimated`);
  if (unknownJobs > 0) parts.push(`price of ${unknownJobs} unknown`);
  return parts.join(" · ");
}

function ZoneSelect({ zone }: { zone: string }) {
  const client = useSyncClient();
  const onChange = (timeZone: string | null) => {
    if (timeZone === null) return;
    if (client.get("preferences", STUDIO_PREFERENCES) === undefined) {
      client.create("preferences", { timeZone }, { id: STUDIO_PREFERENCES });
    } else client.update("preferences", STUDIO_PREFERENCES, { timeZone });
  };
  return (
    <Select
      label="Days and months begin in"
      searchable
      limit={60}
      data={ZONES}
      value={zone}
      onChange={onChange}
    />
  );
}
