/** A base64 `data:` URL, taken apart. `prefix` is everything up to and with the comma, as it was sent. */
export interface DataUrl {
  readonly prefix: string;
  readonly bytes: Buffer;
}

export function isDataUrl(text: string): boolean {
  return text.slice(0, 5).toLowerCase() === "data:";
}

/** `undefined` when it is not a base64 `data:` URL, or its base64 is damaged. */
export function parseDataUrl(text: string): DataUrl | undefined {
  if (!isDataUrl(text)) return undefined;
  const comma = text.indexOf(",");
  if (comma === -1 || comma > 200) return undefined;
  const prefix = text.slice(0, comma + 1);
  if (!/;\s*base64,$/i.test(prefix)) return undefined;
  const bytes = decodeBase64(text.slice(comma + 1));
  return bytes === undefined ? undefined : { prefix, bytes };
}

/**
 * Strict where `Buffer.from` is lenient: anything but base64 (line breaks aside) is `undefined`, so that damaged
 * input is refused and not stored as other bytes.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = /\s/.test(text) ? text.replaceAll(/\s+/g, "") : text;
  const bytes = Buffer.from(compact, "base64");
  const expected = Math.floor((compact.replace(/=+$/, "").length * 3) / 4);
  if (bytes.byteLength !== expected || !isBase64(compact)) return undefined;
  return bytes;
}

function isBase64(text: string): boolean {
  const remainder = text.length % 4;
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && remainder !== 1 && (remainder === 0 || !text.endsWith("="));
}
