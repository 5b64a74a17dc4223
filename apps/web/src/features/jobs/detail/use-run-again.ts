import type { Job } from "@safelight/shared";
import { useNavigate } from "@tanstack/react-router";
import { useSyncClient } from "../../../sync/sync-context.tsx";

/** Asks for the same work once more, as a job of its own, and shows it. */
export function useRunAgain(): (job: Job) => void {
  const client = useSyncClient();
  const navigate = useNavigate();
  return ({ kind, provider, model, prompt, negativePrompt, params, styleId }) => {
    const { id } = client.create("jobs", {
      kind,
      provider,
      prompt,
      params,
      ...(model === undefined ? {} : { model }),
      ...(negativePrompt === undefined ? {} : { negativePrompt }),
      ...(styleId === undefined ? {} : { styleId }),
    });
    void navigate({ to: "/jobs/$jobId", params: { jobId: id } });
  };
}
