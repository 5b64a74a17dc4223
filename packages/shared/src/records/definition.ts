import type { Static, TObject } from "@sinclair/typebox";
import type { JsonObject } from "../json.ts";

/** The shape that every record shares; the rest is its collection's. */
export type AnyRecord = JsonObject & {
  readonly id: string;
  readonly rev: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt?: string;
};

/** A readable name for a record's bytes: `data/<folder>/<name>` is a link to its blob. */
export interface ReadableFile {
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
}

/** Everything that the product knows about one kind of record. */
export interface CollectionDefinition<S extends TObject = TObject> {
  readonly name: string;
  /** Ids are `<idPrefix>-<uuidv7>`. */
  readonly idPrefix: string;
  readonly schema: S;
  /**
   * Home document, relative to the data folder: `jobs.json`, or a template over one fixed field such as
   * `gallery/{sessionId}/metadata.json`. Collections may share a document.
   */
  readonly document: string;
  /** Values that a new record starts with where the creator gives none; `server` fields included. */
  readonly initial: JsonObject;
  /**
   * A running number per home document, given at creation and never reused; `header` is the document's header
   * field that remembers the highest one given.
   */
  readonly counter?: { readonly field: string; readonly header: string };
  readonly readableFile?: (record: Static<S>) => ReadableFile | undefined;
}

/** Keeps a definition's literal types while checking its shape. */
export function defineCollection<const N extends string, S extends TObject>(
  definition: CollectionDefinition<S> & { readonly name: N },
): CollectionDefinition<S> & { readonly name: N } {
  return definition;
}
