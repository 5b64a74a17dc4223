import { Button, Modal } from "@mantine/core";
import type { Job } from "@safelight/shared";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FetchError } from "../../../api/fetch-error.ts";
import { counted, formatUsd } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type AgainPrice, askAgainPrice } from "../detail/use-again-price.ts";
import { againPriceWords, type AgainPrices, sumAgainPrices } from "./again-prices.ts";
import { jobsOf, repeatJobs } from "./job-bulk.ts";
import styles from "../dialogs.module.css";

/** Jobs whose price is asked for; more than these are said to be unknown. */
const MOST_ASKED = 200;

interface RunAgainDialogProps {
  readonly ids: ReadonlySet<string>;
  readonly onClose: (isDone: boolean) => void;
}

/** Says what running many jobs again costs, before it does. */
export function RunAgainDialog({ ids, onClose }: RunAgainDialogProps) {
  const client = useSyncClient();
  const jobs = jobsOf(client, ids);
  const [isBusy, setIsBusy] = useState(false);
  const { data, isError, isPending } = useQuery({
    queryKey: ["again-prices", jobs.map(({ id }) => id)],
    queryFn: ({ signal }) => pricesOf(jobs, signal),
    retry: false,
  });
  const words = isPending
    ? "Asking for the price…"
    : isError
      ? "The server is away, so nobody can say what this costs. The jobs are queued here and go to it when it is back."
      : againPriceWords(data);
  return (
    <Modal opened onClose={() => onClose(false)} title={`Run ${counted(jobs.length, "job")} again`} centered>
      <p className={styles["words"]}>{words}</p>
      {data !== undefined && <Refusals refusals={data.refusals} of={jobs.length} />}
      <div className={styles["buttons"]}>
        <Button onClick={() => onClose(false)}>Keep it as it is</Button>
        <Button
          variant="filled"
          data-autofocus
          disabled={isPending}
          loading={isBusy}
          onClick={() => {
            setIsBusy(true);
            void repeatJobs(client, jobs).then(() => onClose(true));
          }}
        >
          Run again
          {data === undefined || data.unknown > 0
            ? ""
            : ` · ${data.usd === 0 ? "free" : formatUsd(data.usd)}`}
        </Button>
      </div>
    </Modal>
  );
}

/** Why some of the jobs would not be sent, each reason once. */
function Refusals({ refusals, of: total }: { refusals: AgainPrices["refusals"]; of: number }) {
  if (refusals.length === 0) return null;
  return (
    <ul className={styles["refusals"]} aria-label="What stands against it">
      {refusals.map(({ reason, jobs }) => (
        <li key={reason}>
          {total > 1 && <b>{jobs === total ? "All of them: " : `${counted(jobs, "job")}: `}</b>}
          {reason}
        </li>
      ))}
    </ul>
  );
}

async function pricesOf(jobs: readonly Job[], signal: AbortSignal): Promise<AgainPrices> {
  const prices: Pick<AgainPrice, "usd" | "refusal">[] = [];
  for (const { id } of jobs.slice(0, MOST_ASKED)) prices.push(await priceOf(id, signal));
  return sumAgainPrices(prices, jobs.length - prices.length);
}

/** A job that the server would not take has no price, and the reason. */
async function priceOf(id: string, signal: AbortSignal): Promise<Pick<AgainPrice, "usd" | "refusal">> {
  try {
    return await askAgainPrice(id, signal);
  } catch (error) {
    if (!(error instanceof FetchError) || error.status === 0) throw error;
    return { usd: undefined, refusal: error.message };
  }
}
