/** The value of a JSON text; `undefined` for what is none, which the parsers of answers say of. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not an answer of the studio.
    return undefined;
  }
}
