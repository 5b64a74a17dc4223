/**
 * A text as a field of CSV (RFC 4180): quoted where it must be. A spreadsheet runs a text that begins like a formula; an
 * apostrophe makes it a text.
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
