/** A walk through a long list for what matches; it can be left at any item and taken up again. */
export interface Finding<T> {
  /** Goes on while it may, and until at least `enough` were found; answers whether the walk is at its end. */
  goOn(mayGoOn: () => boolean, enough: number): boolean;
  readonly isWhole: () => boolean;
  /** What was found so far, in the order of the list: the same array until more is found. */
  readonly found: () => readonly T[];
}

/** Items between two looks at the clock. */
const AT_ONCE = 500;

export function createFinding<T>(items: readonly T[], matches: (item: T) => boolean): Finding<T> {
  const held: T[] = [];
  let at = 0;
  let told: readonly T[] = [];
  const isWhole = () => at >= items.length;
  return {
    goOn(mayGoOn, enough) {
      while (at < items.length && held.length < enough && mayGoOn()) {
        const end = Math.min(items.length, at + AT_ONCE);
        for (; at < end; at += 1) {
          const item = items[at];
          if (item !== undefined && matches(item)) held.push(item);
        }
      }
      return isWhole();
    },
    isWhole,
    found() {
      // oxlint-disable-next-line unicorn/prefer-spread -- copies a long list several times faster
      if (told.length !== held.length) told = held.slice();
      return told;
    },
  };
}
