/** Lists of words by name, which `__name__` in a prompt draws from. */
export type Wildcards = ReadonlyMap<string, readonly string[]>;

/** How deep choices and lists may stand in one another; beyond it they stay as written. */
const MAX_DEPTH = 10;
const INNERMOST_CHOICE = /\{([^{}]*\|[^{}]*)\}/g;
const WILDCARD = /__([\p{L}\p{N} -]+(?:_[\p{L}\p{N} -]+)*)__/gu;

/** Names of lists that a prompt asks for and nobody has made, each once. */
export function missingLists(prompt: string, wildcards: Wildcards): readonly string[] {
  const names = [...prompt.matchAll(WILDCARD)].flatMap(([, name = ""]) => name);
  return [...new Set(names)].filter((name) => (wildcards.get(name.toLowerCase()) ?? []).length === 0);
}

/** Whether asking twice can give two prompts. */
export function isTemplate(prompt: string): boolean {
  return prompt.search(INNERMOST_CHOICE) !== -1 || prompt.search(WILDCARD) !== -1;
}

/**
 * One prompt of a template: of `{a|b}` one part, for `__name__` one line of the list of that name. Both may stand in
 * one another. A name without a list stays as it is written. `pick` answers a whole number from 0 to below its argument.
 */
export function expandPrompt(
  template: string,
  wildcards: Wildcards,
  pick: (count: number) => number,
): string {
  let prompt = template;
  for (let depth = 0; depth < MAX_DEPTH && isTemplate(prompt); depth += 1) {
    const before = prompt;
    prompt = prompt.replaceAll(INNERMOST_CHOICE, (_whole, inside: string) => {
      const parts = inside.split("|");
      return (parts[pick(parts.length)] ?? "").trim();
    });
    prompt = prompt.replaceAll(WILDCARD, (whole, name: string) => {
      const lines = wildcards.get(name.toLowerCase()) ?? [];
      return lines.length === 0 ? whole : (lines[pick(lines.length)] ?? whole);
    });
    if (prompt === before) break;
  }
  return prompt;
}
