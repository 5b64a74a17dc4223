import type { ProviderResult } from "./provider.ts";

const BY_MIME: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
  "application/json": "json",
  "application/zip": "zip",
  "text/plain": "txt",
};
const BY_TYPE: Readonly<Record<ProviderResult["type"], string>> = {
  image: "png",
  video: "mp4",
  lora: "safetensors",
  text: "txt",
  file: "bin",
};

/** A readable file name of a result: `flux-dev-1.png`. `fileName` may be a name or an address, and gives the ending. */
export function resultName(options: {
  readonly stem: string;
  readonly index: number;
  readonly type: ProviderResult["type"];
  readonly mime?: string | null | undefined;
  readonly fileName?: string | undefined;
}): string {
  const { stem, index, type, mime, fileName = "" } = options;
  const path = URL.canParse(fileName) ? new URL(fileName).pathname : fileName;
  const ending = /\.([a-z0-9]{2,11})$/i.exec(path)?.[1]?.toLowerCase();
  const extension = ending ?? BY_MIME[mime?.split(";")[0]?.trim() ?? ""] ?? BY_TYPE[type];
  const clean = stem.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return `${clean === "" ? "result" : clean}-${index + 1}.${extension}`;
}
