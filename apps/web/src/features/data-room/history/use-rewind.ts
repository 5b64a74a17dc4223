import type { CollectionName } from "@safelight/shared";
import { useMutation } from "@tanstack/react-query";
import { sendJson } from "../../../api/send-json.ts";
import { shaped, shapedList } from "../../../api/shaped.ts";

/** Where to go back to, and with what. */
export interface RewindAsked {
  readonly to: { readonly at: string } | { readonly seq: number };
  /** Left out, the whole studio. */
  readonly collection?: CollectionName;
}

export interface RewindReport {
  /** The studio's place before: going back to it undoes this. */
  readonly from: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skippedCount: number;
  readonly skipped: readonly string[];
}

function rewind({ to, collection }: RewindAsked, dryRun: boolean): Promise<RewindReport> {
  return sendJson("/api/history/rewind", { ...to, ...(collection && { collection }), dryRun }).then(
    (answer) => {
      const report = shaped(answer, {
        from: "number",
        changed: "number",
        unchanged: "number",
        skippedCount: "number",
        skipped: "list",
      });
      const words = shapedList(report.skipped, { collection: "string", id: "string", message: "string" });
      return {
        ...report,
        skipped: words.map(({ collection: of, id, message }) => `${of}/${id}: ${message}`),
      };
    },
  );
}

/** Tells what going back would change, and changes nothing. */
export function usePreview() {
  return useMutation({ mutationFn: (asked: RewindAsked) => rewind(asked, true) });
}

/** Goes back, as new changes. */
export function useRewind() {
  return useMutation({ mutationFn: (asked: RewindAsked) => rewind(asked, false) });
}
