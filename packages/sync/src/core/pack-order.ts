/** Packs of one snapshot; far more than a browser could hold. */
const PACKS_PER_GENERATION = 2 ** 20;

/** Packs that may come on top of those of a snapshot, before the next one. */
const PACKS_ON_TOP = PACKS_PER_GENERATION / 2;

/**
 * The key of a pack. In ascending order those of the newest snapshot come first, and of one snapshot the newest
 * records: whoever reads packs in order and passes over what is there already has what holds, newest first. Packs
 * of what changed since have an index below 0.
 */
export function packKey(generation: number, index: number): number {
  return index - generation * PACKS_PER_GENERATION;
}

/** Keys from here up are of older snapshots than `generation`. */
export function firstKeyBefore(generation: number): number {
  return packKey(generation - 1, -PACKS_ON_TOP);
}
