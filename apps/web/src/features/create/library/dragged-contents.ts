/** What a drag of pictures of the library carries: their ids, as a JSON list. */
export const DRAGGED_CONTENTS = "application/x-safelight-contents";

/** Ids of the contents that a drag carries; readable only at its drop. */
export function draggedContents(transfer: DataTransfer | null): readonly string[] {
  try {
    const ids: unknown = JSON.parse(transfer?.getData(DRAGGED_CONTENTS) ?? "");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    // Not a drag of ours.
    return [];
  }
}
