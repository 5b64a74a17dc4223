/** Shorter values are no keys, and replacing them would garble any text. */
const MIN_LENGTH = 6;

/** The text without any of the secrets: providers quote the key that they refuse. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== undefined && secret.length >= MIN_LENGTH) clean = clean.replaceAll(secret, "[key]");
  }
  return clean;
}
