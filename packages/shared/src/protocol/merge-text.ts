/**
 * Three-way merge of a text that two writers changed: each writer's change is one span (what lies between the common
 * start and the common end); spans that do not overlap are both kept. `undefined` when they overlap.
 */
export function mergeText(base: string, ours: string, theirs: string): string | undefined {
  if (ours === theirs || base === theirs) return ours;
  if (base === ours) return theirs;
  const a = changedSpan(base, ours);
  const b = changedSpan(base, theirs);
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  // Two insertions at one place, or spans that touch, have no order of their own.
  if (second.start <= first.end) return undefined;
  return (
    base.slice(0, first.start) +
    first.text +
    base.slice(first.end, second.start) +
    second.text +
    base.slice(second.end)
  );
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function changedSpan(base: string, changed: string): Span {
  const shorter = Math.min(base.length, changed.length);
  let start = 0;
  while (start < shorter && base[start] === changed[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && base[base.length - 1 - tail] === changed[changed.length - 1 - tail]) {
    tail += 1;
  }
  // A surrogate pair is one character: never cut it in two.
  if (start > 0 && isHighSurrogate(base.charCodeAt(start - 1))) start -= 1;
  if (tail > 0 && isLowSurrogate(base.charCodeAt(base.length - tail))) tail -= 1;
  return { start, end: base.length - tail, text: changed.slice(start, changed.length - tail) };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
