/** Rows that are in memory alone stand above every number that a database gives. */
export const FIRST_PROVISIONAL_N = 2 ** 52;

export function isProvisional(n: number): boolean {
  return n >= FIRST_PROVISIONAL_N;
}
