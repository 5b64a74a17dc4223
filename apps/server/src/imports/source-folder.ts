import { constants } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** A regular file of the source. */
export interface SourceFile {
  /** Relative to the source, with `/`. */
  readonly name: string;
  /** Absolute, without any link in it. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

export interface SourceListing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links to folders, and things that are neither file nor folder. */
  readonly skipped: readonly string[];
}

/** A folder that is read from and never written to. No link leads out of it. */
export interface SourceFolder {
  /** Absolute, without any link in it. */
  readonly root: string;
  /** The one file that was named, where it was not a folder. */
  readonly only: string | undefined;
  /** Names in a folder, sorted. Empty when there is none, or a link leads to it. */
  list(folder: string): Promise<SourceListing>;
  /** `undefined` when there is no such file inside the source. */
  locate(name: string): Promise<SourceFile | undefined>;
}

/** Rejects with the error of the file system when there is nothing at `path`. */
export async function openSourceFolder(path: string): Promise<SourceFolder> {
  const given = await realpath(path);
  const isFile = (await stat(given)).isFile();
  const root = isFile ? dirname(given) : given;

  async function inside(name: string): Promise<string | undefined> {
    if (name.includes("\0")) return undefined;
    try {
      const real = await realpath(join(root, name));
      return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep) ? real : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async function locate(name: string): Promise<SourceFile | undefined> {
    const real = await inside(name);
    if (real === undefined) return undefined;
    const info = await stat(real);
    if (!info.isFile()) return undefined;
    const shown = relative(root, join(root, name)).replaceAll(sep, "/");
    return { name: shown, path: real, sizeBytes: info.size, modifiedAt: info.mtime };
  }

  return {
    root,
    locate,
    only: isFile ? given.slice(root.length).replace(/^[/\\]/, "") : undefined,
    async list(folder) {
      const files: string[] = [];
      const folders: string[] = [];
      const skipped: string[] = [];
      const real = await inside(folder);
      if (real === undefined || real !== join(root, folder)) return { files, folders, skipped };
      for (const entry of await readdir(real, { withFileTypes: true })) {
        const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) folders.push(name);
        else if (entry.isFile() || (await locate(name)) !== undefined) files.push(name);
        else skipped.push(name);
      }
      return { files: files.sort(), folders: folders.sort(), skipped: skipped.sort() };
    },
  };
}

/** All of a small file. A path whose last part became a link meanwhile is refused by the system. */
export async function readWhole(file: SourceFile): Promise<Buffer> {
  await using handle = await open(file.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  return await handle.readFile();
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG";
}
