import path from "node:path";
import type { FileInfo, FsPort, OpenFile } from "../../src/fs/fs-port.ts";
import { type DiskImage, EMPTY_IMAGE, folderNode, parentOf } from "./disk-image.ts";
import { type DiskEvent, type DiskStep, pagesOf } from "./disk-step.ts";
import { systemError } from "./system-error.ts";
import { createVolatileFile, type VolatileFile } from "./volatile-file.ts";

export interface CrashDiskOptions {
  /** What the disk holds when the power comes on. */
  readonly image?: DiskImage;
  /** A real folder for what libraries open themselves: the lock. */
  readonly realFolder: string;
  /** Passes before an operation is done; delays of different lengths let operations overlap. */
  readonly pause?: () => Promise<void>;
  /** Current time in epoch ms. */
  readonly now?: () => number;
}

/** A disk in memory that records what it is asked to do, and what it has promised. */
export interface CrashDisk extends FsPort {
  readonly image: DiskImage;
  /** Everything that happened so far; grows. */
  readonly events: readonly DiskEvent[];
}

/** The file that the kernel's lock is on: real, so that the lock is. */
const LOCK_FILE = "lock";

/**
 * Promises as little as POSIX lets a disk promise: a file's data is durable after its sync, a name after the sync of its
 * folder (ext4 does more: it keeps the name of a file that was synced). A journal file's write is durable when it returns.
 */
export function createCrashDisk(options: CrashDiskOptions): CrashDisk {
  const { image = EMPTY_IMAGE, realFolder, pause = async () => {}, now = Date.now } = options;
  const files = new Map<number, VolatileFile>(
    [...image.nodes].map(([node, at]) => [node, createVolatileFile(at)]),
  );
  const names = new Map(image.names);
  const events: DiskEvent[] = [];
  const unsynced = new Set<number>();
  let nextNode = Math.max(0, ...files.keys()) + 1;

  function record(step: DiskStep): number {
    events.push({ type: "step", step });
    unsynced.add(events.length - 1);
    return events.length - 1;
  }

  function promise(steps: readonly number[]): void {
    if (steps.length === 0) return;
    for (const step of steps) unsynced.delete(step);
    events.push({ type: "durable", steps });
  }

  function unsyncedSteps(concerns: (step: DiskStep) => boolean): readonly number[] {
    return [...unsynced].filter((at) => {
      const event = events[at];
      return event?.type === "step" && concerns(event.step);
    });
  }

  function folderMustExist(name: string, call: string): void {
    const folder = parentOf(name);
    if (folder !== "." && fileAt(folder)?.kind !== "folder") throw systemError("ENOENT", call, name);
  }

  function fileAt(name: string): VolatileFile | undefined {
    const node = names.get(name);
    return node === undefined ? undefined : files.get(node);
  }

  function nodeAt(name: string, call: string): number {
    const node = names.get(name);
    if (node === undefined) throw systemError("ENOENT", call, name);
    return node;
  }

  function giveName(name: string, node: number): void {
    names.set(name, node);
    record({
      kind: "names",
      folder: parentOf(name),
      set: { path: name, node, kind: files.get(node)?.kind ?? "file" },
      unset: undefined,
      needs: undefined,
    });
  }

  function makeNode(kind: "file" | "folder"): number {
    const node = nextNode;
    nextNode += 1;
    files.set(node, createVolatileFile({ ...folderNode(now()), kind }));
    return node;
  }

  function writeTo(node: number, file: VolatileFile, position: number, bytes: Uint8Array): readonly number[] {
    const own = Buffer.from(bytes);
    file.write(position, own);
    file.mtimeMs = now();
    return [...pagesOf(position, own)].map((page) => record({ kind: "write", node, ...page }));
  }

  function truncate(node: number, file: VolatileFile, sizeBytes: number): void {
    file.truncate(sizeBytes);
    file.mtimeMs = now();
    record({ kind: "truncate", node, sizeBytes });
  }

  function infoOf(node: number, file: VolatileFile): FileInfo {
    return { kind: file.kind, sizeBytes: file.sizeBytes, mtimeMs: file.mtimeMs, inode: BigInt(node) };
  }

  function openFile(node: number, file: VolatileFile, isDurable: boolean): OpenFile {
    const sync = async (concerns: (step: DiskStep) => boolean) => {
      const steps = unsyncedSteps((step) => "node" in step && step.node === node && concerns(step));
      await pause();
      promise(steps);
    };
    return {
      async write(bytes, position) {
        const steps = writeTo(node, file, position, bytes);
        await pause();
        if (isDurable) promise(steps);
        return bytes.byteLength;
      },
      writeNow(bytes, position) {
        const steps = writeTo(node, file, position, bytes);
        if (isDurable) promise(steps);
        return bytes.byteLength;
      },
      async read(bytes, position) {
        await pause();
        return file.read(bytes, position);
      },
      async truncate(sizeBytes) {
        truncate(node, file, sizeBytes);
        await pause();
      },
      datasync: () => sync(({ kind }) => kind !== "modified"),
      sync: () => sync(() => true),
      async setModified(epochMs) {
        file.mtimeMs = epochMs;
        record({ kind: "modified", node, mtimeMs: epochMs });
        await pause();
      },
      async info() {
        await pause();
        return infoOf(node, file);
      },
      close: () => pause(),
    };
  }

  function rename(from: string, to: string): void {
    const node = nodeAt(from, "rename");
    folderMustExist(to, "rename");
    if (names.get(to) === node) return;
    names.delete(from);
    names.set(to, node);
    const set = { path: to, node, kind: files.get(node)?.kind ?? "file" } as const;
    const [leaving, arriving] = [parentOf(from), parentOf(to)];
    if (leaving === arriving) {
      record({ kind: "names", folder: arriving, set, unset: from, needs: undefined });
      return;
    }
    const arrival = record({ kind: "names", folder: arriving, set, unset: undefined, needs: undefined });
    record({ kind: "names", folder: leaving, set: undefined, unset: from, needs: arrival });
  }

  const disk: CrashDisk = {
    image,
    events,
    absolute: (name) => path.join(realFolder, name),
    async open(name, mode) {
      await pause();
      const known = names.get(name);
      if (mode === "journal" && known !== undefined) throw systemError("EEXIST", "open", name);
      if (known === undefined && (mode === "read" || mode === "write"))
        throw systemError("ENOENT", "open", name);
      folderMustExist(name, "open");
      const node = known ?? makeNode("file");
      if (known === undefined) giveName(name, node);
      const file = files.get(node);
      if (file === undefined || file.kind === "folder") throw systemError("EISDIR", "open", name);
      if (mode === "fresh" && file.sizeBytes > 0) truncate(node, file, 0);
      return openFile(node, file, mode === "journal");
    },
    async readFile(name) {
      await pause();
      const file = files.get(nodeAt(name, "open"));
      if (file === undefined || file.kind === "folder") throw systemError("EISDIR", "read", name);
      return file.content();
    },
    async info(name) {
      await pause();
      const node = name === "." ? -1 : names.get(name);
      if (node === -1) return { kind: "folder", sizeBytes: 0, mtimeMs: 0, inode: 0n };
      const file = node === undefined ? undefined : files.get(node);
      return node === undefined || file === undefined ? undefined : infoOf(node, file);
    },
    inodeNow(name) {
      const node = name === LOCK_FILE ? 0 : names.get(name);
      return node === undefined ? undefined : BigInt(node);
    },
    async list(name) {
      await pause();
      return [...names.keys()].filter((at) => parentOf(at) === name).map((at) => path.posix.basename(at));
    },
    async makeFolder(name) {
      await pause();
      if (name === ".") return;
      const parts = name.split("/");
      for (let depth = 1; depth <= parts.length; depth += 1) {
        const at = parts.slice(0, depth).join("/");
        if (names.has(at)) continue;
        giveName(at, makeNode("folder"));
      }
    },
    async rename(from, to) {
      rename(from, to);
      await pause();
    },
    async link(from, to) {
      const node = nodeAt(from, "link");
      folderMustExist(to, "link");
      if (names.has(to)) throw systemError("EEXIST", "link", to);
      giveName(to, node);
      await pause();
    },
    async copy(from, to) {
      const source = files.get(nodeAt(from, "copyfile"));
      folderMustExist(to, "copyfile");
      const file = await disk.open(to, "fresh");
      await file.write(source?.content() ?? Buffer.alloc(0), 0);
    },
    async remove(name) {
      if (names.delete(name)) {
        const folder = parentOf(name);
        record({ kind: "names", folder, set: undefined, unset: name, needs: undefined });
      }
      await pause();
    },
    protect: async () => pause(),
    async syncFolder(name) {
      if (name !== "." && fileAt(name)?.kind !== "folder") throw systemError("ENOENT", "open", name);
      const steps = unsyncedSteps((step) => step.kind === "names" && step.folder === name);
      await pause();
      promise(steps);
    },
    async replaceSmallFile(name, text) {
      const temporary = `${name}.3141592653`;
      const file = await disk.open(temporary, "fresh");
      await file.write(Buffer.from(text), 0);
      await file.sync();
      await file.close();
      await disk.rename(temporary, name);
      await disk.syncFolder(parentOf(name));
    },
  };
  return disk;
}
