import type { CollectionName } from "@safelight/shared";

/** A collection whose records belong to one of another. */
export interface ChildRelation {
  readonly collection: CollectionName;
  /** The child's field that holds its parent's id. */
  readonly field: string;
}

/** What goes with a record when it is purged. */
export const CHILDREN: ReadonlyMap<CollectionName, readonly ChildRelation[]> = new Map([
  ["gallerySessions", [{ collection: "galleryImages", field: "sessionId" }]],
  ["datasets", [{ collection: "datasetItems", field: "datasetId" }]],
  [
    "editorSessions",
    [
      { collection: "messages", field: "sessionId" },
      { collection: "interactions", field: "sessionId" },
      { collection: "components", field: "sessionId" },
    ],
  ],
]);
