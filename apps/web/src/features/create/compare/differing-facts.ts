import type { Fact } from "../viewer/settings-facts.ts";

/** One setting over all that are compared; `undefined` where one has none. */
export interface ComparedFact {
  readonly name: string;
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** Lines up the settings of several pictures by name: those that differ first, else in the order in which they appear. */
export function comparedFacts(pictures: readonly (readonly Fact[])[]): readonly ComparedFact[] {
  const names = [...new Set(pictures.flatMap((facts) => facts.map(([name]) => name)))];
  const facts = names.map((name) => {
    const values = pictures.map((facts) => facts.find(([known]) => known === name)?.[1]);
    return { name, values, differs: new Set(values).size > 1 };
  });
  return [...facts.filter(({ differs }) => differs), ...facts.filter(({ differs }) => !differs)];
}
