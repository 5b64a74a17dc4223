import { definitionOf } from "@safelight/shared";
import { counterKey, familyOf, scopeOfPath } from "../core/document-homes.ts";
import type { DocumentSection } from "../core/document-text.ts";
import type { StoreState } from "../core/store-state.ts";
import { CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT } from "./load-documents.ts";

/** What a document holds as of now. Records are listed at once and turned into text as they are written. */
export interface DocumentContent {
  readonly fields: Readonly<Record<string, number>>;
  readonly sections: readonly DocumentSection[];
}

export function contentOf(state: StoreState, path: string): DocumentContent {
  if (path === CLIENTS_DOCUMENT) return clientsContent(state);
  if (path === TOMBSTONES_DOCUMENT) return tombstonesContent(state);
  const family = familyOf(path);
  const scope = family === undefined ? undefined : scopeOfPath(family, path);
  if (family === undefined || scope === undefined) throw new RangeError(`No document is at "${path}".`);
  const parts = state.parts(path);
  const fields: Record<string, number> = {};
  for (const collection of family.collections) {
    const { counter } = definitionOf(collection);
    if (counter !== undefined) fields[counter.header] = state.counter(counterKey(collection, scope));
  }
  const sections = family.collections.map((name) => {
    const part = parts.find(({ collection }) => collection === name);
    return { name, lines: [...(part?.entries.values() ?? [])] };
  });
  return { fields, sections };
}

function clientsContent(state: StoreState): DocumentContent {
  const lines = [...state.marks()].map(([id, { n, seq, rejections }]) => ({
    seq,
    json: JSON.stringify({ id, n, rejections }),
  }));
  return { fields: {}, sections: [{ name: "clients", lines }] };
}

function tombstonesContent(state: StoreState): DocumentContent {
  const lines = [...state.tombstones()].map(({ seq, id, collection, home }) => ({
    seq,
    json: JSON.stringify({ id, collection, document: home }),
  }));
  return { fields: { floor: state.tombstoneFloor }, sections: [{ name: "tombstones", lines }] };
}
