import { Button, NumberInput, Popover, TextInput } from "@mantine/core";
import { isJsonObject, type Job } from "@safelight/shared";
import { useEffect, useRef, useState } from "react";
import { sendJson } from "../../../api/send-json.ts";
import { shaped, shapedList } from "../../../api/shaped.ts";
import styles from "./job-detail.module.css";
import { useServerAct } from "./use-server-act.tsx";

/** The two ways out for a job whose end nobody knows: its run is found at the provider, or a person calls it failed. */
export function UnknownActions({ job, providerName }: { job: Job; providerName: string }) {
  const [found, setFound] = useState<LookUp>();
  const looking = useServerAct(`${providerName} could not be asked`);
  const path = `/api/jobs/${encodeURIComponent(job.id)}/look-up`;
  const lookUp = (run?: string) =>
    void looking.act(async () =>
      setFound({ ...parseLookUp(await sendJson(path, run === undefined ? {} : { run })), asked: run }),
    );
  return (
    <>
      <div className={styles["ways"]}>
        <Button size="xs" variant="filled" loading={looking.isBusy} onClick={() => lookUp()}>
          Look for it at {providerName}
        </Button>
        <MarkFailed job={job} />
      </div>
      {found !== undefined && !found.isAdopted && (
        <output className={styles["lookUp"]}>
          {wordsOf(found, providerName)}
          {found.runs.map((run) => (
            <Button key={run} size="xs" onClick={() => lookUp(run)}>
              {run}
            </Button>
          ))}
        </output>
      )}
      {found?.asksForId === true && !found.isAdopted && <RunIdForm isBusy={looking.isBusy} onGive={lookUp} />}
    </>
  );
}

function wordsOf({ runs, asksForId, asked }: LookUp, providerName: string): string {
  if (runs.length > 0) return "More than one run can be the one. Which is it?";
  if (asksForId && asked !== undefined) return `${providerName} has no run ${asked} that no other job has.`;
  if (asksForId) return `${providerName} lists no runs. Your account there shows the id of each.`;
  return `${providerName} has no run with this input at that time.`;
}

/** Takes the id of a run as somebody read it at its provider. */
function RunIdForm({ isBusy, onGive }: { isBusy: boolean; onGive: (run: string) => void }) {
  const [id, setId] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // The button that asked for it lost the focus while it waited for the answer.
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className={styles["ways"]}
      onSubmit={(event) => {
        event.preventDefault();
        onGive(id.trim());
      }}
    >
      <TextInput
        ref={field}
        size="xs"
        aria-label="Id of the run"
        placeholder="Id of the run"
        maxLength={200}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" loading={isBusy} disabled={id.trim() === ""}>
        This is it
      </Button>
    </form>
  );
}

function MarkFailed({ job }: { job: Job }) {
  const [isOpen, setIsOpen] = useState(false);
  const [usd, setUsd] = useState<number | string>("");
  const { isBusy, act } = useServerAct("The job could not be marked");
  const mark = async () => {
    const body = typeof usd === "number" ? { spentUsd: usd } : {};
    if (await act(() => sendJson(`/api/jobs/${encodeURIComponent(job.id)}/mark-failed`, body)))
      setIsOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" onClick={() => setIsOpen(!isOpen)}>
          Mark as failed
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles["mark"]}
          onSubmit={(event) => {
            event.preventDefault();
            void mark();
          }}
        >
          <NumberInput
            label="What it cost, by your account there"
            description="In US dollars. Leave it empty if you do not know."
            placeholder="not known"
            prefix="$"
            min={0}
            decimalScale={6}
            value={usd}
            onChange={setUsd}
          />
          <Button type="submit" variant="filled" loading={isBusy}>
            Mark as failed
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

interface LookUp {
  readonly isAdopted: boolean;
  readonly runs: readonly string[];
  readonly asksForId: boolean;
  /** The run that was asked for by its id. */
  readonly asked: string | undefined;
}

function parseLookUp(answer: unknown): Omit<LookUp, "asked"> {
  const { adopted, candidates, asksForId } = shaped(answer, {
    adopted: "boolean",
    candidates: "list",
    asksForId: "boolean",
  });
  const runs = shapedList(candidates, { remote: "object" }).flatMap(({ remote }) =>
    isJsonObject(remote) && typeof remote["id"] === "string" ? [remote["id"]] : [],
  );
  return { isAdopted: adopted, runs, asksForId };
}
