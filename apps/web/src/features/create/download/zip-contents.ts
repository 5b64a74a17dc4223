import { contentFilename, type GeneratedContent } from "@safelight/shared";
import type { DownloadVariant } from "./download-variant.ts";
import { createZipNames } from "./zip-names.ts";

export interface ZipOptions {
  readonly variant: DownloadVariant;
  readonly read: (content: GeneratedContent) => Promise<Blob | undefined>;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

export interface ZippedContents {
  readonly zip: Blob;
  readonly packed: number;
  /** Pictures whose bytes could not be had now. */
  readonly missing: readonly GeneratedContent[];
}

/** Pictures that are read at a time. */
const AT_ONCE = 4;

/** Packs pictures, and a `pictures.json` of what is known about each, into one archive. */
export async function zipContents(
  contents: readonly GeneratedContent[],
  { variant, read, onProgress, signal }: ZipOptions,
): Promise<ZippedContents> {
  const { default: JSZip } = await import("jszip");
  const archive = new JSZip();
  const nameOf = createZipNames();
  const missing: GeneratedContent[] = [];
  const known: object[] = [];
  let done = 0;
  for (let start = 0; start < contents.length; start += AT_ONCE) {
    signal.throwIfAborted();
    const batch = contents.slice(start, start + AT_ONCE);
    const bytes = await Promise.all(batch.map(read));
    for (const [index, content] of batch.entries()) {
      const original = bytes[index];
      done += 1;
      if (original === undefined) {
        missing.push(content);
        continue;
      }
      const name = nameOf(contentFilename(content) ?? content.id);
      const file = variant.appliesTo(content) ? await variant.make(original, content) : original;
      // Pictures do not get smaller by being packed.
      archive.file(name, file, { binary: true, compression: "STORE", date: new Date(content.createdAt) });
      known.push(factsOf(content, name));
    }
    onProgress(done);
  }
  archive.file("pictures.json", `${JSON.stringify(known, undefined, 2)}\n`);
  const zip = await archive.generateAsync({ type: "blob", compression: "STORE" });
  return { zip, packed: known.length, missing };
}

function factsOf(content: GeneratedContent, file: string): object {
  const { id, createdAt, prompt, negativePrompt, config, provider, modelId, title, tags, star } = content;
  return { file, id, createdAt, title, prompt, negativePrompt, config, provider, modelId, tags, star };
}
