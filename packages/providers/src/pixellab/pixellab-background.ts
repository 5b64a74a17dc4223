import type { Static } from "@sinclair/typebox";
import { parseAnswer } from "../http/parse-answer.ts";
import type { ProviderApi } from "../http/provider-api.ts";
import { wordsIn } from "../http/words-of.ts";
import { ProviderError } from "../provider-error.ts";
import type { AnswerStore } from "../provider-host.ts";
import type { ProviderResult, RemoteRun, RunState } from "../provider.ts";
import { BackgroundJob, chargeOf, pictureResults, usageDetails } from "./pixellab-answer.ts";

const FINISHED = "finished";
const MAX_BYTES = 128 * 1024 * 1024;

type Job = Static<typeof BackgroundJob>;

/** Jobs of v2 that run on after the submit. PixelLab cleans them up once they are done: the first sight of one is kept. */
export function createBackgroundRuns(options: {
  readonly api: ProviderApi;
  readonly answers: AnswerStore;
  readonly base: () => string;
}) {
  const { api, answers, base } = options;

  async function look({ id }: RemoteRun, signal: AbortSignal): Promise<Job> {
    const kept = await answers.read(id, FINISHED);
    if (kept !== undefined) return parseAnswer(kept, BackgroundJob);
    const url = `${base()}/v2/background-jobs/${encodeURIComponent(id)}`;
    const { body, bytes } = await api.read(BackgroundJob, {
      url,
      signal,
      missing: "run.missing",
      maxBytes: MAX_BYTES,
    });
    if (body.status === "completed") await answers.save(id, FINISHED, bytes);
    return body;
  }

  return {
    async poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
      let job: Job;
      try {
        job = await look(remote, signal);
      } catch (error) {
        if (error instanceof ProviderError && error.code === "run.missing") return { state: "missing" };
        throw error;
      }
      const charge = chargeOf(job.usage ?? job.last_response?.usage);
      if (job.status === "completed") return { state: "succeeded", charge };
      if (job.status !== "failed") return { state: "running", progress: 0 };
      const message = wordsIn(job.last_response?.detail) ?? "PixelLab says only that it failed.";
      return { state: "failed", charge, error: { code: "run.failed", message } };
    },
    async results(remote: RemoteRun, signal: AbortSignal): Promise<readonly ProviderResult[]> {
      const { status, usage, last_response: made } = await look(remote, signal);
      const images = made?.images ?? (made?.image === undefined ? [] : [made.image]);
      if (status !== "completed" || images.length === 0) {
        throw new ProviderError("result.missing", "The job has no picture.");
      }
      return pictureResults(images, {
        model: String(remote["model"]),
        size: { width: Number(remote["width"]), height: Number(remote["height"]) },
        details: usageDetails(usage ?? made?.usage),
      });
    },
  };
}
