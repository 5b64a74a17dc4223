/** Where an old entry says that its picture is. */
export type PicturePlace =
  | { readonly kind: "none" }
  | { readonly kind: "data"; readonly url: string }
  /** Paths relative to the folder of the file, best first. */
  | { readonly kind: "file"; readonly paths: readonly string[] }
  | { readonly kind: "elsewhere"; readonly reason: string };

const LOCAL = /(?:^|\/)(?:api\/)?(uploads|generated)\/(.+)$/;

/** Reads the address of a picture. `folders` are looked into for a name without one, in this order. */
export function picturePlaceOf(url: unknown, folders: readonly string[]): PicturePlace {
  if (typeof url !== "string" || url.trim() === "") return { kind: "none" };
  const text = url.trim();
  if (/^data:/i.test(text)) return { kind: "data", url: text };
  if (/^blob:/i.test(text)) {
    return { kind: "elsewhere", reason: "its address ended with the page that it was shown on (blob:)" };
  }
  const path = decoded(text.replace(/[?#].*$/, ""));
  const local = LOCAL.exec(path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, ""));
  const ownFolder = local?.[1];
  const name = local?.[2];
  if (ownFolder !== undefined && name !== undefined) {
    const others = folders.filter((folder) => folder !== ownFolder);
    return { kind: "file", paths: [ownFolder, ...others].map((folder) => `${folder}/${name}`) };
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
    return { kind: "elsewhere", reason: `it is at ${text.slice(0, 200)}, which an import does not fetch` };
  }
  return { kind: "file", paths: folders.map((folder) => `${folder}/${path.replace(/^\.?\/+/, "")}`) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the name means itself.
    return text;
  }
}
