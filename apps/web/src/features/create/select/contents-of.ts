import type { GeneratedContent } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";

/** The contents of these ids that there are, looked up as they are walked. */
export function contentsOf(
  client: Pick<SyncClient, "get">,
  ids: Iterable<string>,
): Iterable<GeneratedContent> {
  return {
    *[Symbol.iterator]() {
      for (const id of ids) {
        const content = client.get("contents", id);
        if (content !== undefined) yield content;
      }
    },
  };
}
