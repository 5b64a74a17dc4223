import type { CollectionName } from "@safelight/shared";
import { planHandEdit } from "../core/plan-hand-edit.ts";
import type { RecordStore } from "../core/record-store.ts";
import type { Recovery } from "./recover.ts";

export interface HandEditTaking {
  readonly recovery: Pick<Recovery, "edits" | "adopted">;
  readonly records: RecordStore;
  readonly note: (code: string, message: string, file?: string) => void;
  readonly wasChangedSince: (collection: CollectionName, id: string, seq: number) => boolean;
}

/** Commits what people changed in documents by hand. */
export async function takeHandEdits({
  recovery,
  records,
  note,
  wasChangedSince,
}: HandEditTaking): Promise<void> {
  for (const edit of recovery.edits) {
    const { path, seq } = edit;
    const plan = planHandEdit(edit, (collection, id) => ({
      record: records.get(collection, id),
      changedSince: seq !== undefined && wasChangedSince(collection, id, seq),
    }));
    for (const words of plan.refused) note("edit.refused", `${path}: ${words}; it was left out.`, path);
    if (recovery.adopted.includes(path)) {
      note("document.adopted", `${path} was taken as it is: nothing older is left to compare it with.`, path);
    }
    if (plan.steps.length === 0) continue;
    const { results } = await records.commit({
      own: true,
      by: `hand:${path}`,
      actor: "server",
      atomicity: "each",
      steps: plan.steps,
    });
    for (const [at, step] of plan.steps.entries()) {
      const result = results[at];
      if (result?.status === "rejected") {
        note("edit.refused", `${path}: "${step.id}" was left out: ${result.message}`, path);
      } else if (step.op === "conflict") {
        note(
          "edit.conflict",
          `${path}: "${step.id}" also changed later; the edit is kept as a conflict.`,
          path,
        );
      }
    }
  }
}
