import { folderOf } from "./document-writer.ts";
import type { FsPort } from "./fs-port.ts";
import { writeAll } from "./write-all.ts";

export const QUARANTINE_FOLDER = "quarantine";
const OWN_FILE = 0o600;

/** Sets things aside instead of throwing them away. Names tell what it was; nothing set aside is ever overwritten. */
export interface Quarantine {
  /** Copies bytes; the same bytes of the same place are kept once. Resolves to the copy's path, durable. */
  keepBytes(name: string, bytes: Uint8Array): Promise<string>;
  /** Copies a file under a name of its own, once. */
  keepFile(name: string, from: string): Promise<string>;
  /** Moves a file away. */
  moveFile(path: string): Promise<string>;
  /** Copies a file and leaves it. */
  copyFile(path: string): Promise<string>;
}

/** `stamp`: a time as it may stand in a file name. */
export function createQuarantine(fs: FsPort, stamp: () => string): Quarantine {
  async function freeName(path: string): Promise<string> {
    await fs.makeFolder(QUARANTINE_FOLDER);
    const name = `${QUARANTINE_FOLDER}/${stamp()}-${path.replaceAll("/", "__")}`;
    for (let copy = 0; ; copy += 1) {
      const candidate = copy === 0 ? name : `${name}.${copy}`;
      if ((await fs.info(candidate)) === undefined) return candidate;
    }
  }

  return {
    async keepBytes(name, bytes) {
      const path = `${QUARANTINE_FOLDER}/${name}`;
      if ((await fs.info(path)) !== undefined) return path;
      await fs.makeFolder(QUARANTINE_FOLDER);
      const temporary = `${path}.tmp`;
      const file = await fs.open(temporary, "fresh");
      try {
        await writeAll(file, bytes, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await fs.rename(temporary, path);
      await fs.syncFolder(QUARANTINE_FOLDER);
      return path;
    },
    async keepFile(name, from) {
      const path = `${QUARANTINE_FOLDER}/${name}`;
      if ((await fs.info(path)) !== undefined) return path;
      await fs.makeFolder(QUARANTINE_FOLDER);
      const temporary = `${path}.tmp`;
      await fs.remove(temporary);
      await fs.copy(from, temporary);
      await fs.protect(temporary, OWN_FILE);
      const copy = await fs.open(temporary, "write");
      await copy.sync().finally(() => copy.close());
      await fs.rename(temporary, path);
      await fs.syncFolder(QUARANTINE_FOLDER);
      return path;
    },
    async moveFile(path) {
      const target = await freeName(path);
      await fs.rename(path, target);
      await fs.syncFolder(QUARANTINE_FOLDER);
      await fs.syncFolder(folderOf(path));
      return target;
    },
    async copyFile(path) {
      const target = await freeName(path);
      await fs.copy(path, target);
      const copy = await fs.open(target, "write");
      try {
        await copy.sync();
      } finally {
        await copy.close();
      }
      await fs.syncFolder(QUARANTINE_FOLDER);
      return target;
    },
  };
}
