import { useMemo } from "react";
import { useToday } from "../../../components/use-today.ts";
import { formatBytes, formatDay } from "../../../domain/format.ts";
import { useRecords } from "../../../sync/use-records.ts";
import styles from "./storage.module.css";
import { growthByDay } from "./growth.ts";

const DAYS = 30;
const LEAST_SHARE = 0.02;

/** How much came on each of the last thirty days. */
export function GrowthChart() {
  const today = useToday();
  const contents = useRecords("contents");
  const galleryImages = useRecords("galleryImages");
  const days = useMemo(
    () => growthByDay([...contents, ...galleryImages], new Date(`${today}T12:00:00`), DAYS),
    [contents, galleryImages, today],
  );
  const most = Math.max(...days.map(({ addedBytes }) => addedBytes));
  const total = days.reduce((sum, { addedBytes }) => sum + addedBytes, 0);
  return (
    <figure className={styles["growth"]}>
      <figcaption>
        {total === 0 ? "Nothing came in the last 30 days" : `${formatBytes(total)} came in the last 30 days`}
        {most > 0 && <span>most on one day: {formatBytes(most)}</span>}
      </figcaption>
      {total > 0 && (
        <div className={styles["bars"]} aria-hidden="true">
          {days.map(({ day, addedBytes }) => (
            <i
              key={day}
              title={`${formatDay(day)}: ${formatBytes(addedBytes)}`}
              data-none={addedBytes === 0}
              style={{ height: `${100 * Math.max(LEAST_SHARE, addedBytes / most)}%` }}
            />
          ))}
        </div>
      )}
    </figure>
  );
}
