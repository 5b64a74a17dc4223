import type { RunState } from "@safelight/providers";
import { answerLost, submitLost } from "./core/job-errors.ts";
import type { Loss } from "./end-job.ts";
import type { JobDrive } from "./job-drive.ts";

/** What a job says of its submit whose answer was lost: whether it can be looked for, and what else tells of its cost. */
export async function explainLoss(drive: JobDrive): Promise<Loss> {
  const { name, paid, answersWithResult = false } = drive.provider.capabilities;
  if (!paid || !answersWithResult) return { error: submitLost(name) };
  const state = await whatIsKept(drive);
  if (state?.state !== "failed" || state.error.code !== "submit.lost") return { error: answerLost(name) };
  const { charge, error } = state;
  return { error: answerLost(name, error.message), ...(charge.usd !== undefined && { usd: charge.usd }) };
}

/** How the run stands by what is kept of it on this side. */
async function whatIsKept({ provider, jobId, signal }: JobDrive): Promise<RunState | undefined> {
  try {
    return await provider.poll({ id: jobId }, signal);
  } catch {
    // It would have said more; that the answer is lost holds without it.
    return undefined;
  }
}
