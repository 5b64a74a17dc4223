import { MAX_SEED } from "../../../api/param-field.ts";

/** A seed that nobody chose: 0 to `MAX_SEED`. */
export function randomSeed(): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value % (MAX_SEED + 1);
}
