/** Up to six words of `text` as a file-name part: `a-lighthouse-over-a-quiet-sea`; empty when nothing is left. */
export function slugOf(text: string): string {
  return text
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .slice(0, 6)
    .join("-")
    .slice(0, 60);
}
