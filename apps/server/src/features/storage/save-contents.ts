import type { BlobRef } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { createItemsChecker } from "../../records/check-items.ts";
import { upsertStep } from "../../records/upsert-step.ts";
import { inspectDataUrl, type PendingBlob } from "../../media/pending-blob.ts";
import { fieldsOfLegacyContent } from "../../older-apps/legacy-content.ts";
import { LegacyContent } from "../../older-apps/storage-schemas.ts";

const MAX_URL_LENGTH = 2048;
const checkContents = createItemsChecker(LegacyContent, 10_000);

/**
 * Saves posted contents by their ids in one commit; a `data:` URL becomes a blob. Answers how many were sent. Contents
 * that were not sent are left alone. A bad item throws its `ProblemError` and nothing is kept.
 */
export async function saveContents(store: Store, data: unknown, maxPixels: number): Promise<number> {
  const items = checkContents(data, "/data");
  const pending: (PendingBlob | undefined)[] = [];
  for (const [index, item] of items.entries()) {
    pending.push(await inspectUrl(item, `/data${Array.isArray(data) ? `/${index}` : ""}`, maxPixels));
  }
  const kept: (BlobRef | undefined)[] = [];
  for (const [index, item] of items.entries()) {
    kept.push(await pending[index]?.keep(store.blobs, item.filename ?? item.id));
  }
  await store.commit({
    by: "http",
    actor: "server",
    atomicity: "all",
    steps: (staged) =>
      items.flatMap((item, index) => {
        const set = fieldsOfLegacyContent(item, kept[index]);
        const known = staged.get("contents", item.id) !== undefined;
        const step = upsertStep(staged, {
          collection: "contents",
          id: item.id,
          set: known ? set : { origin: "import", ...set },
        });
        return step ?? [];
      }),
  });
  return items.length;
}

async function inspectUrl(
  item: LegacyContent,
  path: string,
  maxPixels: number,
): Promise<PendingBlob | undefined> {
  const place = `${path}/url`;
  const found = await inspectDataUrl(item.url, { path: place, maxPixels });
  if (found === undefined && (item.url?.length ?? 0) > MAX_URL_LENGTH) {
    throw refused(place, `is longer than ${MAX_URL_LENGTH} characters`);
  }
  if (found !== undefined && found.media.kind !== item.type) {
    throw refused(`${path}/type`, `says ${item.type}, but the bytes are ${found.media.mime}`);
  }
  return found;
}

function refused(path: string, message: string): ProblemError {
  return new ProblemError(400, "request.invalid", `${path} ${message}.`, { errors: [{ path, message }] });
}
