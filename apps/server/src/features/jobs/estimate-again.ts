import type { Provider } from "@safelight/providers";
import { type Charge, type Job, type JobError, repeatOf } from "@safelight/shared";
import type { Ledger } from "../../ledger/ledger.ts";
import { ProblemError } from "../../problem-error.ts";
import { estimateBatch } from "./create-batch.ts";

/**
 * What it would cost to run a job again, and what would keep it from being sent: a budget, or that its provider does not
 * take such a job, as with one of an older app or of a model that is gone.
 */
export async function estimateAgain(
  context: { readonly providers: ReadonlyMap<string, Provider>; readonly ledger: Pick<Ledger, "refusal"> },
  job: Job,
): Promise<{ readonly jobs: number; readonly charge: Charge; readonly refusal?: JobError }> {
  try {
    return await estimateBatch(context, repeatOf(job));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== "request.invalid") throw error;
    // The caller asked rightly: it is the job that cannot be sent as it is.
    const [fault] = error.errors ?? [];
    const message =
      fault === undefined ? error.message : `${fault.path.split("/").at(-1) ?? ""}: ${fault.message}`;
    return { jobs: 1, charge: { state: "unknown" }, refusal: { code: error.code, message } };
  }
}
