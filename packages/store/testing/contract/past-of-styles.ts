import type { CollectionName } from "@safelight/shared";
import type { PastRecord, PlannedMutation, PlannedStep, Store } from "../../src/index.ts";
import { edit } from "./contract-store.ts";

export function move(
  op: "delete" | "restore" | "purge",
  id: string,
  collection: CollectionName = "styles",
): PlannedStep {
  return op === "purge" ? { op, collection, id } : { op, collection, id };
}

export function rename(id: string, name: string): PlannedMutation {
  return edit("styles", id, { name });
}

/** Names of past records, with the `seq` of each. */
export async function named(records: AsyncIterable<PastRecord>): Promise<Readonly<Record<string, string>>> {
  const shown: Record<string, string> = {};
  for await (const { id, seq, record } of records) {
    const name = typeof record["name"] === "string" ? record["name"] : "";
    shown[id] = `${seq} ${name}${record.deletedAt === undefined ? "" : " (trash)"}`;
  }
  return shown;
}

/** Names of the styles that are not in the trash. */
export function live(store: Store): Readonly<Record<string, string>> {
  const styles = [...store.scan("styles")].filter(({ deletedAt }) => deletedAt === undefined);
  return Object.fromEntries(styles.map(({ id, name }) => [id, name]));
}
