import type { AnyRecord } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { legacyOfContent } from "../../older-apps/legacy-content.ts";
import { legacyOfModel } from "../../older-apps/legacy-model.ts";
import type { LegacyContent, LegacyModel, StorageType } from "../../older-apps/storage-schemas.ts";

/** The studio's models or contents in the older app's shape, oldest first; uploads and the trash are not among them. */
export function listStorage(store: Store, type: StorageType): LegacyModel[] | LegacyContent[] {
  if (type === "models") return oldestFirst(store.scan("models")).map(legacyOfModel);
  return oldestFirst(store.scan("contents"))
    .filter(({ origin }) => origin !== "upload")
    .map(legacyOfContent);
}

function oldestFirst<R extends Pick<AnyRecord, "id" | "createdAt"> & { readonly deletedAt?: string }>(
  records: Iterable<R>,
): R[] {
  const kept = [...records].filter(({ deletedAt }) => deletedAt === undefined);
  return kept.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
