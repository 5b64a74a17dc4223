import { Button, FileButton, Modal } from "@mantine/core";
import { useState } from "react";
import { sendJson } from "../../../api/send-json.ts";
import { shaped, shapedList } from "../../../api/shaped.ts";
import { counted, formatCount } from "../../../domain/format.ts";
import { useServerAct } from "../detail/use-server-act.tsx";
import styles from "../dialogs.module.css";

interface Report {
  readonly applied: boolean;
  readonly added: number;
  readonly completed: number;
  readonly present: number;
  readonly faults: readonly string[];
}

interface Chosen {
  readonly name: string;
  readonly history: unknown;
  readonly report: Report;
}

/** Takes a `job_history.json` of the older dashboard in: says first what it would do. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [fault, setFault] = useState<string>();
  const { isBusy, act } = useServerAct("The file could not be looked through");
  const look = (file: File | null) =>
    void act(async () => {
      if (file === null) return;
      setFault(undefined);
      const history = parseFile(await file.text());
      if (history === undefined) {
        setChosen(undefined);
        setFault(`${file.name} is no JSON file, or only a part of one.`);
        return;
      }
      const report = parseReport(await sendJson("/api/jobs/import", history));
      setChosen({ name: file.name, history, report });
    });
  const take = () =>
    void act(async () => {
      if (chosen === undefined) return;
      const report = parseReport(await sendJson("/api/jobs/import?apply=true", chosen.history));
      setChosen({ ...chosen, report });
    });
  const report = chosen?.report;
  const news = report === undefined ? 0 : report.added + report.completed;
  return (
    <Modal opened onClose={onClose} title="Import a job history" centered>
      <p className={styles["words"]}>
        {chosen === undefined
          ? "Choose the job_history.json of the older dashboard. Nothing is written before you have seen what it would do."
          : `${chosen.name}: ${report?.applied === true ? "done." : "this is what it would do."}`}
      </p>
      {fault !== undefined && (
        <p className={styles["refusal"]} role="alert">
          {fault}
        </p>
      )}
      {report !== undefined && <ReportView report={report} />}
      <div className={styles["buttons"]}>
        {report?.applied === true ? (
          <Button variant="filled" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <FileButton accept="application/json,.json,.backup" onChange={look}>
              {(props) => (
                <Button {...props} variant={news > 0 ? "default" : "filled"} loading={isBusy}>
                  {chosen === undefined ? "Choose the file" : "Another file"}
                </Button>
              )}
            </FileButton>
            {news > 0 && (
              <Button variant="filled" loading={isBusy} onClick={take}>
                Import {counted(news, "job")}
              </Button>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}

function ReportView({ report }: { report: Report }) {
  const { applied, added, completed, present, faults } = report;
  return (
    <>
      <dl className={styles["counts"]}>
        <dt>{applied ? "Jobs taken in" : "New jobs"}</dt>
        <dd>{formatCount(added)}</dd>
        <dt>{applied ? "Pictures given back to jobs" : "Jobs that get their picture back"}</dt>
        <dd>{formatCount(completed)}</dd>
        <dt>Here already, left as they are</dt>
        <dd>{formatCount(present)}</dd>
      </dl>
      {faults.length > 0 && (
        <ul className={styles["list"]} aria-label="What cannot be taken in">
          {faults.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function parseFile(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Said to the person who chose it.
    return undefined;
  }
}

function parseReport(answer: unknown): Report {
  const { applied, added, completed, present, unusable, missingPictures, notes } = shaped(answer, {
    applied: "boolean",
    added: "number",
    completed: "number",
    present: "number",
    unusable: "list",
    missingPictures: "list",
    notes: "list",
  });
  const named = (list: typeof unusable) =>
    shapedList(list, { entry: "string", reason: "string" }).map(({ entry, reason }) => `${entry}: ${reason}`);
  const faults = [
    ...named(unusable),
    ...named(missingPictures),
    ...notes.filter((note) => typeof note === "string"),
  ];
  return { applied, added, completed, present, faults };
}
