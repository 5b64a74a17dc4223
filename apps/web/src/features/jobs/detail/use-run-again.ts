import { type Job, repeatOf } from "@safelight/shared";
import { useNavigate } from "@tanstack/react-router";
import { useSyncClient } from "../../../sync/sync-context.tsx";

/** Asks for the same work once more, as a job of its own, and shows it. */
export function useRunAgain(): (job: Job) => void {
  const client = useSyncClient();
  const navigate = useNavigate();
  return (job) => {
    const { id } = client.create("jobs", repeatOf(job));
    void navigate({ to: "/jobs/$jobId", params: { jobId: id } });
  };
}
