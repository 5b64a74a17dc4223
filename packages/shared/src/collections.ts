import type { Static } from "@sinclair/typebox";
import { boards } from "./records/board.ts";
import { budgets } from "./records/budget.ts";
import { contents } from "./records/content.ts";
import { datasetItems, datasets } from "./records/dataset.ts";
import type { CollectionDefinition } from "./records/definition.ts";
import { drafts } from "./records/draft.ts";
import { components, editorSessions, interactions, messages } from "./records/editor.ts";
import { expenses } from "./records/expense.ts";
import { galleryImages, gallerySessions } from "./records/gallery.ts";
import { jobs } from "./records/job.ts";
import { models } from "./records/model.ts";
import { preferences } from "./records/preference.ts";
import { styles } from "./records/style.ts";

/** The registry: adding a kind of record is one file in `records/` and one line here. */
export const collections = {
  styles,
  datasets,
  datasetItems,
  models,
  contents,
  boards,
  jobs,
  editorSessions,
  messages,
  interactions,
  components,
  gallerySessions,
  galleryImages,
  drafts,
  budgets,
  expenses,
  preferences,
} as const;

export type CollectionName = keyof typeof collections;

/** The record type of a collection: `RecordOf<"jobs">` is `Job`. */
export type RecordOf<C extends CollectionName> = Static<(typeof collections)[C]["schema"]>;

export const COLLECTION_NAMES = Object.keys(collections) as readonly CollectionName[];

export function isCollectionName(name: string): name is CollectionName {
  return Object.hasOwn(collections, name);
}

/** The definition of a collection, without its literal types. */
export function definitionOf(name: CollectionName): CollectionDefinition {
  return collections[name] as unknown as CollectionDefinition;
}

/** `create` is a record, without the fields that the store sets; for typed callers of `create`. */
export type NewRecord<C extends CollectionName> = Partial<
  Omit<RecordOf<C>, "id" | "rev" | "createdAt" | "updatedAt" | "deletedAt">
>;
