import type { Fact } from "../viewer/settings-facts.ts";

/** One setting over all that are compared; `undefined` where one has none. */
export interface ComparedFact {
  readonly name: string;
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** Lines up the settings of several pictures by name, in the order in which they first appear. */
export function comparedFacts(pictures: readonly (readonly Fact[])[]): readonly ComparedFact[] {
  const names = [...new Set(pictures.flatMap((facts) => facts.map(([name]) => name)))];
  return names.map((name) => {
    const values = pictures.map((facts) => facts.find(([known]) => known === name)?.[1]);
    return { name, values, differs: new Set(values).size > 1 };
  });
}
