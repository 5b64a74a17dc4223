export type ContentEncoding = "br" | "gzip" | "identity";

/** The best encoding that an `Accept-Encoding` header takes; one with `q=0` is refused. */
export function chooseEncoding(header: string | undefined): ContentEncoding {
  const accepted = new Set<string>();
  for (const part of (header ?? "").toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    if (!parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) accepted.add(name);
  }
  if (accepted.has("br")) return "br";
  return accepted.has("gzip") ? "gzip" : "identity";
}
