import { formatCount, formatUsd } from "../../../domain/format.ts";
import styles from "./analytics.module.css";
import type { GroupFigures } from "./summarise-jobs.ts";

interface GroupTableProps {
  readonly title: string;
  readonly groups: readonly GroupFigures[];
  readonly nameOf?: (key: string) => string;
}

const SHOWN = 12;

/** Groups of jobs, the most expensive first, each with a bar for its share of all jobs. */
export function GroupTable({ title, groups, nameOf }: GroupTableProps) {
  const most = Math.max(...groups.map(({ jobs }) => jobs), 1);
  return (
    <table className={styles["groups"]}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Jobs</th>
          <th scope="col">Succeeded</th>
          <th scope="col">Spent</th>
        </tr>
      </thead>
      <tbody>
        {groups.slice(0, SHOWN).map(({ key, jobs, usd, succeededShare }) => (
          <tr key={key}>
            <th scope="row">
              <span className={styles["groupName"]}>{nameOf?.(key) ?? key}</span>
              <span
                className={styles["share"]}
                aria-hidden="true"
                style={{ width: `${(jobs / most) * 100}%` }}
              />
            </th>
            <td>{formatCount(jobs)}</td>
            <td>{succeededShare === undefined ? "—" : `${Math.round(succeededShare * 100)} %`}</td>
            <td>{usd === 0 ? "—" : formatUsd(usd)}</td>
          </tr>
        ))}
        {groups.length > SHOWN && (
          <tr>
            <td colSpan={4}>and {formatCount(groups.length - SHOWN)} more</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
