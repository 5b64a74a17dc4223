import type { CollectionName } from "@safelight/shared";
import { useMutation } from "@tanstack/react-query";
import { sendJson } from "../../../api/send-json.ts";
import { shaped } from "../../../api/shaped.ts";

interface Place {
  readonly collection: CollectionName;
  readonly id: string;
}

/** Removes records of the trash for good; `undefined` stands for all of it. Resolves to how many went. */
export function usePurge() {
  return useMutation({
    mutationFn: async (item: Place | undefined) => {
      const answer =
        item === undefined
          ? await sendJson("/api/trash/empty")
          : await sendJson("/api/trash/purge", { items: [item] });
      return shaped(answer, { purged: "number" }).purged;
    },
  });
}
