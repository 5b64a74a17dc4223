import { useEffect, useState } from "react";
import { FetchError } from "../../../api/fetch-error.ts";
import { fetchJson } from "../../../api/fetch-json.ts";
import { type LogLine, parseLogPage } from "./job-log-lines.ts";

export interface JobLogView {
  readonly lines: readonly LogLine[];
  /** Whether the server told it, at least once. */
  readonly isKnown: boolean;
}

const NOTHING: JobLogView = { lines: [], isKnown: false };
const FOLLOW_MS = 1500;
const AGAIN_MS = 6000;
/** Lines that are kept; older ones of a long log fall away. */
const MOST_LINES = 3000;

/** The log of a job, read on from where it was: each second while the job is under way, and when its record changes. */
export function useJobLog(
  jobId: string,
  options: { readonly isLive: boolean; readonly rev: number },
): JobLogView {
  const { isLive, rev } = options;
  const [view, setView] = useState(NOTHING);
  const [reader] = useState(() => createReader(jobId, setView));
  useEffect(() => {
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = async () => {
      const isRead = await reader.readOn(aborter.signal);
      if (aborter.signal.aborted || (isRead && !isLive)) return;
      timer = setTimeout(() => void step(), isRead ? FOLLOW_MS : AGAIN_MS);
    };
    void step();
    return () => {
      aborter.abort();
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another rev is news in the log
  }, [reader, isLive, rev]);
  return view;
}

function createReader(jobId: string, tell: (view: JobLogView) => void) {
  let offset = 0;
  let lines: readonly LogLine[] = [];
  return {
    /** Answers whether the server did. */
    async readOn(signal: AbortSignal): Promise<boolean> {
      try {
        for (;;) {
          const answer = await fetchJson(
            `/api/jobs/${encodeURIComponent(jobId)}/log?after=${offset}`,
            signal,
          );
          const page = parseLogPage(answer);
          // Another reading may have begun meanwhile; it goes on from here.
          if (signal.aborted) return false;
          const isProgress = page.nextOffset > offset;
          offset = page.nextOffset;
          lines = [...lines, ...page.lines].slice(-MOST_LINES);
          tell({ lines, isKnown: true });
          if (page.isAtEnd || !isProgress) return true;
        }
      } catch (error) {
        // A job that has not reached the server has no log there yet; a server that is away is asked again.
        if (error instanceof FetchError) return false;
        throw error;
      }
    },
  };
}
