/**
 * A `Content-Disposition` header (RFC 6266): a plain name for old readers and, where it differs, the exact one.
 * Nothing in `filename` can break out of the header.
 */
export function contentDisposition(kind: "inline" | "attachment", filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\/%]/g, "_");
  const exact = plain === filename ? "" : `; filename*=UTF-8''${encodeExtended(filename)}`;
  return `${kind}; filename="${plain}"${exact}`;
}

/** RFC 8187 encoding: what `encodeURIComponent` leaves alone but the header may not hold is escaped too. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
