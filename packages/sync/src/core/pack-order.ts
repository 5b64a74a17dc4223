/** Packs of one snapshot; far more than a browser could hold. */
const PACKS_PER_GENERATION = 2 ** 20;

/**
 * The key of a pack. In ascending order those of the newest snapshot come first, and of one snapshot the newest
 * records: whoever reads packs in order and passes over what is there already has what holds, newest first.
 */
export function packKey(generation: number, index: number): number {
  return index - generation * PACKS_PER_GENERATION;
}

/** Keys from here up are of older snapshots than `generation`. */
export function firstKeyBefore(generation: number): number {
  return packKey(generation - 1, 0);
}
