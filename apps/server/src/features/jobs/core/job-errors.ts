import type { JobError } from "@safelight/shared";

/** The answer to a submit never came: the one case in which money may be spent without a result. */
export function submitLost(providerName: string): JobError {
  return {
    code: "submit.lost",
    message:
      `The answer to the submit was lost. ${providerName} may have taken this job and charged for it. ` +
      "Safelight will not send it again by itself.",
  };
}

/** The same where the provider answers with the result itself and keeps nothing. @param told What else is known of it. */
export function answerLost(providerName: string, told?: string): JobError {
  const what =
    told ??
    `The answer to the submit was lost. ${providerName} may have taken this job and charged for it, and keeps no copy that could be looked for.`;
  return {
    code: "submit.lost",
    message: `${what} Safelight will not send it again by itself. See what it cost in your account there, then mark the job as failed.`,
  };
}

/** A paid run that its provider does not know any more, or never did. */
export function runMissing(providerName: string): JobError {
  return {
    code: "run.missing",
    message:
      `${providerName} does not know this run. It may have been taken and charged for all the same. ` +
      "Safelight will not send it again by itself.",
  };
}

export function resultMissing(providerName: string): JobError {
  return {
    code: "result.missing",
    message: `${providerName} no longer has the results of this run.`,
  };
}

export function runLostRepeatedly(providerName: string): JobError {
  return { code: "run.missing", message: `${providerName} lost this run several times. Run it again later.` };
}

export function providerUnknown(provider: string): JobError {
  return { code: "provider.unknown", message: `This studio has no provider "${provider}".` };
}

export function requestInvalid(fault: { readonly path: string; readonly message: string }): JobError {
  return { code: "request.invalid", message: `${fault.path}: ${fault.message}` };
}

export function downloadFailed(providerName: string, reason: string): JobError {
  return {
    code: "download.failed",
    message: `The results could not be fetched from ${providerName} (${reason}). Safelight tries again by itself.`,
  };
}

/** A run that takes far longer than any of its kind should. */
export function runOverdue(providerName: string): JobError {
  return {
    code: "run.overdue",
    message:
      `${providerName} has not ended this run in time and did not stop it when it was asked to. It may be charged. ` +
      "Look it up later, or mark it as failed.",
  };
}

export function markedFailed(): JobError {
  return { code: "job.marked-failed", message: "Somebody marked this job as failed." };
}

export function prepareFailed(providerName: string, reason: string): JobError {
  return {
    code: "prepare.failed",
    message: `The inputs could not be sent to ${providerName} (${reason}). Nothing was begun and nothing is charged.`,
  };
}

export const NO_RESULTS: JobError = {
  code: "result.empty",
  message: "The run succeeded and gave no results.",
};
