import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { contentFilename, type GeneratedContent } from "@safelight/shared";
import { useCallback } from "react";
import { counted, formatCount } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type DownloadVariant, ORIGINAL } from "./download-variant.ts";
import { readOriginal } from "./read-original.ts";
import { saveFile } from "../../../components/save-file.ts";
import { zipContents } from "./zip-contents.ts";

const NOTICE = "download";

/** Saves one picture as a file and several as one zip; without the server, those that this device has. */
export function useDownload(): (ids: Iterable<string>, variant?: DownloadVariant) => Promise<void> {
  const client = useSyncClient();
  return useCallback(
    async (ids, variant = ORIGINAL) => {
      const contents = [...ids].flatMap((id) => client.get("contents", id) ?? []);
      const [first] = contents;
      if (first === undefined) return;
      const stop = new AbortController();
      const read = (content: GeneratedContent) =>
        readOriginal(content, {
          client,
          cached: async (url) => ("caches" in globalThis ? caches.match(url) : undefined),
          fetch: (url, options) => fetch(url, options),
          signal: stop.signal,
        });
      try {
        if (contents.length === 1) {
          const original = await read(first);
          if (original === undefined) return tellMissing(0, [first]);
          const file = variant.appliesTo(first) ? await variant.make(original, first) : original;
          return saveFile(file, contentFilename(first) ?? first.id);
        }
        tellProgress(0, contents.length, stop);
        const { zip, packed, missing } = await zipContents(contents, {
          variant,
          read,
          onProgress: (done) => tellProgress(done, contents.length, stop),
          signal: stop.signal,
        });
        notifications.hide(NOTICE);
        if (packed > 0)
          saveFile(zip, `safelight-${new Date().toISOString().slice(0, 10)}-${packed}-pictures.zip`);
        if (missing.length > 0) tellMissing(packed, missing);
      } catch (error) {
        notifications.hide(NOTICE);
        if (!stop.signal.aborted) tellFailure(error);
      }
    },
    [client],
  );
}

function tellProgress(done: number, total: number, stop: AbortController): void {
  const notice = {
    id: NOTICE,
    title: "Packing the pictures",
    message: (
      <>
        {formatCount(done)} of {formatCount(total)}
        <Button size="xs" ml={12} onClick={() => stop.abort()}>
          Stop
        </Button>
      </>
    ),
    autoClose: false as const,
    withCloseButton: false,
  };
  if (done === 0) notifications.show(notice);
  else notifications.update(notice);
}

function tellMissing(packed: number, missing: readonly GeneratedContent[]): void {
  notifications.show({
    title: packed === 0 ? "Nothing to download here" : `${counted(packed, "picture")} packed`,
    message: `${counted(missing.length, "original")} could not be had: not on this device, and the server does not answer. Try again when it does.`,
    autoClose: 12_000,
    closeButtonProps: { "aria-label": "Close" },
  });
}

function tellFailure(error: unknown): void {
  notifications.show({
    title: "The download did not work",
    message: error instanceof Error ? error.message : String(error),
    color: "var(--bad)",
    closeButtonProps: { "aria-label": "Close" },
  });
}
