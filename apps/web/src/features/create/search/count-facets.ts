import type { GeneratedContent } from "@safelight/shared";

export interface Facet {
  readonly value: string;
  readonly count: number;
}

export interface Facets {
  readonly providers: readonly Facet[];
  readonly models: readonly Facet[];
  readonly tags: readonly Facet[];
}

/** What the contents can be told apart by, most frequent first. */
export function countFacets(contents: Iterable<GeneratedContent>): Facets {
  const providers = new Map<string, number>();
  const models = new Map<string, number>();
  const tags = new Map<string, number>();
  for (const content of contents) {
    if (content.provider !== undefined) count(providers, content.provider);
    if (content.modelId !== "") count(models, content.modelId);
    for (const tag of content.tags ?? []) count(tags, tag);
  }
  return { providers: ranked(providers), models: ranked(models), tags: ranked(tags) };
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): readonly Facet[] {
  return [...counts]
    .map(([value, number]) => ({ value, count: number }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
