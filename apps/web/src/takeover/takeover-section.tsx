import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { Nothing, Section } from "../components/page.tsx";
import { counted, formatDate } from "../domain/format.ts";
import { saveFile } from "../sync/save-file.ts";
import { useSyncClient } from "../sync/sync-context.tsx";
import type { TakeoverReport } from "./core/takeover-report.ts";
import { parseKeptFile } from "./read-local-storage.ts";
import { removeOriginals, takenKeys } from "./remove-originals.ts";
import { tell } from "./start-takeover.tsx";
import { takeOver } from "./take-over.ts";
import styles from "./takeover-section.module.css";
import { useTakeoverReports } from "./use-takeover-reports.ts";

/** What came from older apps' browsers: the reports, a way to take a file, and to let go of the old copies. */
export function TakeoverSection() {
  const reports = useTakeoverReports();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (window.location.hash === "#older-apps") place.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <div id="older-apps" ref={place}>
      <Section title="From older apps" aside="what they kept in a browser">
        {reports.length === 0 ? (
          <Nothing>
            Nothing was taken over yet. What an older app kept in this browser, at this address, is taken by
            itself.
          </Nothing>
        ) : (
          <ul className={styles["reports"]}>
            {reports.map((report) => (
              <Report key={report.id} report={report} />
            ))}
          </ul>
        )}
        <Actions reports={reports} />
      </Section>
    </div>
  );
}

function Report({ report }: { report: TakeoverReport }) {
  const { what, taken, known, unreadable, at, keys } = report;
  return (
    <li>
      <header>
        <b>{what}</b>
        <small>{formatDate(at)}</small>
      </header>
      <p>
        {counted(taken, "entry", "entries")} taken
        {known > 0 && `, ${known} here already`}
        {unreadable.length > 0 && `, ${unreadable.length} could not be read`}
        <span title={keys.join("\n")}> · from {counted(keys.length, "key")} of localStorage</span>
      </p>
      {unreadable.length > 0 && (
        <dl>
          {unreadable.map(({ place, reason }) => (
            <div key={place}>
              <dt>{place}</dt>
              <dd>{reason}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function Actions({ reports }: { reports: readonly TakeoverReport[] }) {
  const client = useSyncClient();
  const left = takenKeys(reports.flatMap(({ keys }) => keys));

  const takeFile = async (file: File | null) => {
    const entries = file === null ? undefined : parseKeptFile(await file.text());
    if (entries === undefined) {
      notifications.show({ color: "var(--bad)", message: "This file holds no copy of a localStorage." });
      return;
    }
    const outcome = await takeOver({
      client,
      entries,
      fetch: (input, init) => fetch(input, init),
      now: () => new Date().toISOString(),
    });
    if (outcome.reports.length + outcome.waiting > 0) tell(outcome);
    else notifications.show({ message: "There is nothing in it that is not here already." });
  };

  return (
    <div className={styles["actions"]}>
      <FileButton onChange={(file) => void takeFile(file)} accept="application/json">
        {(props) => (
          <Button size="xs" {...props}>
            Take over from a file
          </Button>
        )}
      </FileButton>
      {reports.length > 0 && (
        <Button
          size="xs"
          onClick={() => saveFile("safelight-takeover.json", JSON.stringify(reports, null, 2))}
        >
          Save the report
        </Button>
      )}
      {left.length > 0 && (
        <Button size="xs" onClick={() => removeOriginals(left)}>
          Remove the old copies from this browser
        </Button>
      )}
    </div>
  );
}
