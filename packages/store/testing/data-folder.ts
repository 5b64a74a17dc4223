import { cp, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { type FileStore, type FileStoreOptions, openFileStore, type Store } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A data folder under test, and the stores opened in it. */
export interface DataFolder {
  readonly path: string;
  file(name: string): string;
  open(options?: Partial<FileStoreOptions>): Promise<FileStore>;
  /** A copy of the folder as it is at this moment: what a `kill -9` would leave. */
  crash(): Promise<DataFolder>;
  names(folder?: string): Promise<readonly string[]>;
  /** A file's text, without the room that a segment of the journal may end with. */
  text(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  /** Changes bytes without touching the file's times, as a failing disk does. */
  rot(name: string, change: (bytes: Buffer) => Buffer): Promise<void>;
  /** All files but the lock's with their content, for showing that nothing was changed. */
  content(): Promise<Readonly<Record<string, string>>>;
  /** Closes every store that is still open, and removes the folder. */
  dispose(): Promise<void>;
}

export async function dataFolder(): Promise<DataFolder> {
  const folder = await temporaryFolder();
  const stores: FileStore[] = [];
  const copies: DataFolder[] = [];
  const file = (name: string) => path.join(folder.path, name);

  return {
    path: folder.path,
    file,
    async open(options = {}) {
      const store = await openFileStore({ dataDir: folder.path, ...options });
      stores.push(store);
      return store;
    },
    async crash() {
      const copy = await dataFolder();
      copies.push(copy);
      await cp(folder.path, copy.path, {
        recursive: true,
        preserveTimestamps: true,
        filter: (source) => !path.basename(source).startsWith("lock"),
      });
      return copy;
    },
    names: async (name = ".") => (await readdir(file(name))).sort(),
    text: async (name) => (await readFile(file(name), "utf8")).replace(/\0+$/, ""),
    write: (name, text) => writeFile(file(name), text),
    async rot(name, change) {
      const { atime, mtime } = await stat(file(name));
      await writeFile(file(name), change(await readFile(file(name))));
      await utimes(file(name), atime, mtime);
    },
    async content() {
      const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("lock"));
      const pairs = files.map(async (entry) => {
        const full = path.join(entry.parentPath, entry.name);
        return [path.relative(folder.path, full), await readFile(full, "base64")] as const;
      });
      return Object.fromEntries(await Promise.all(pairs));
    },
    async dispose() {
      for (const store of stores) await store.close();
      for (const copy of copies) await copy.dispose();
      await folder.remove();
    },
  };
}

/** Flips one bit of one byte. */
export function flipped(at: number, bit = 0): (bytes: Buffer) => Buffer {
  return (bytes) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  };
}

/** Codes of what was found, each once. */
export function findingCodes(store: Store): readonly string[] {
  return [...new Set(store.health().findings.map(({ code }) => code))];
}
