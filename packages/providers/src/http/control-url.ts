/**
 * A URL out of an answer that calls with the key may go to: only one on an origin that the provider was configured
 * with. `undefined` for any other, so that an answer cannot send the key elsewhere.
 */
export function controlUrl(value: unknown, bases: readonly string[]): string | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const { origin, username, password, href } = new URL(value);
  if (username !== "" || password !== "" || origin === "null") return undefined;
  return bases.some((base) => URL.canParse(base) && new URL(base).origin === origin) ? href : undefined;
}
