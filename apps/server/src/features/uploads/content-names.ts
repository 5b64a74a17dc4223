import { contentFilename, type GeneratedContent } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { createRecordIndex } from "../../records/record-index.ts";

/** The two folders of readable names that the older apps served from. */
export type ContentFolder = "uploads" | "generated";

/** Finds contents by readable name. Names resolve through records alone: no path ever reaches the disk. */
export interface ContentNames {
  /**
   * The content whose file has this name. Throws a `ProblemError`: `path.invalid` (400) for what tries to leave the
   * folder, `content.missing` (404) when there is none, or it is in the trash.
   */
  resolve(folder: ContentFolder, name: string): GeneratedContent & Required<Pick<GeneratedContent, "blob">>;
}

export function createContentNames(store: Store): ContentNames {
  const index = createRecordIndex(store, "contents", (content) => {
    const name = contentFilename(content);
    if (name === undefined || content.blob === undefined || content.deletedAt !== undefined) return undefined;
    return `${folderOf(content)}/${name}`;
  });
  return {
    resolve(folder, name) {
      if (isEscaping(name)) {
        throw new ProblemError(400, "path.invalid", "This is not the name of a file in the studio.");
      }
      const content = index.find(`${folder}/${name}`)[0];
      if (content?.blob === undefined) {
        throw new ProblemError(404, "content.missing", `The studio has no file of this name in ${folder}.`);
      }
      return { ...content, blob: content.blob };
    },
  };
}

function folderOf(content: GeneratedContent): ContentFolder {
  return content.origin === "upload" ? "uploads" : "generated";
}

function isEscaping(name: string): boolean {
  return (
    /[\\\p{Cc}]/u.test(name) || name.split("/").some((part) => part === "" || part === "." || part === "..")
  );
}
