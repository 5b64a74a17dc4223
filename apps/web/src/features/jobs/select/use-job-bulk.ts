import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { sendJson } from "../../../api/send-json.ts";
import { FetchError } from "../../../api/fetch-error.ts";
import { useUndo } from "../../../components/use-undo.ts";
import { counted } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { canFetch } from "../detail/can-fetch.ts";
import { cancelJobs, jobsOf, trashJobs } from "./job-bulk.ts";

export interface JobBulk {
  readonly cancel: (ids: Iterable<string>) => void;
  readonly trash: (ids: Iterable<string>) => void;
  readonly retryDownloads: (ids: Iterable<string>) => void;
}

/** What can be done to many jobs at once; each says what it did. */
export function useJobBulk(): JobBulk {
  const client = useSyncClient();
  const offerUndo = useUndo();
  return useMemo(() => {
    const say = (title: string, message = "") =>
      void notifications.show({ title, message, closeButtonProps: { "aria-label": "Close" } });
    const cancel = async (ids: Iterable<string>) => {
      const count = await cancelJobs(client, ids);
      say(count === 0 ? "None of these is under way" : `${counted(count, "job")} asked to stop`);
    };
    const trash = async (ids: Iterable<string>) => {
      const { count, kept, undo } = await trashJobs(client, ids);
      const rest = kept === 0 ? "" : `; ${counted(kept, "job")} under way left alone`;
      if (count > 0) offerUndo(`${counted(count, "job")} moved to the trash${rest}`, undo);
      else if (kept > 0) say("What is under way is not moved to the trash", "Cancel it first.");
    };
    const retryDownloads = async (ids: Iterable<string>) => {
      const open = jobsOf(client, ids).filter(canFetch);
      let failed = 0;
      for (const { id } of open) {
        try {
          await sendJson(`/api/jobs/${encodeURIComponent(id)}/retry-download`);
        } catch (error) {
          if (!(error instanceof FetchError)) throw error;
          failed += 1;
        }
      }
      if (open.length === 0) say("None of these has results to fetch");
      else
        say(
          `${counted(open.length - failed, "download")} tried again`,
          failed > 0 ? `${failed} refused` : "",
        );
    };
    return {
      cancel: (ids) => void cancel(ids),
      trash: (ids) => void trash(ids),
      retryDownloads: (ids) => void retryDownloads(ids),
    };
  }, [client, offerUndo]);
}
