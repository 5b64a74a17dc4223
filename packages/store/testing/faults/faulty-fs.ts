import type { FsPort, OpenFile } from "../../src/fs/fs-port.ts";
import { systemError } from "../crash-disk/system-error.ts";

/** A call of the store to its file system, as faults are chosen by. */
export type FsCall = Exclude<keyof FsPort, "absolute"> | Exclude<keyof OpenFile, "close" | "writeNow">;

/** A fault to come. Without `times` it stays until it is lifted. */
export interface Fault {
  readonly call: FsCall;
  /** Paths it strikes, relative to the data folder; all of them if absent. */
  readonly path?: RegExp;
  /** The system's code, or `short`: a write takes half of its bytes. */
  readonly code: string;
  /** Calls that still go well. */
  readonly after?: number;
  readonly times?: number;
  /** Whether the call does its work before it fails, as a write may whose end is not known. */
  readonly happens?: boolean;
}

/** A file system whose calls fail when they are told to. */
export interface FaultyFs extends FsPort {
  /** Lets calls fail from now on. Returns `lift`, which ends it. */
  strike(fault: Fault): () => void;
  liftAll(): void;
  /** Calls struck so far. */
  readonly struck: readonly { readonly call: FsCall; readonly path: string; readonly code: string }[];
}

interface ActiveFault {
  readonly fault: Fault;
  spared: number;
  left: number;
}

export function createFaultyFs(inner: FsPort): FaultyFs {
  const active = new Set<ActiveFault>();
  const struck: { call: FsCall; path: string; code: string }[] = [];

  function next(call: FsCall, path: string): Fault | undefined {
    for (const entry of active) {
      const { fault } = entry;
      if (fault.call !== call || fault.path?.test(path) === false) continue;
      if (entry.spared > 0) {
        entry.spared -= 1;
        continue;
      }
      entry.left -= 1;
      if (entry.left === 0) active.delete(entry);
      struck.push({ call, path, code: fault.code });
      return fault;
    }
    return undefined;
  }

  async function guarded<T>(call: FsCall, path: string, work: () => Promise<T>): Promise<T> {
    const fault = next(call, path);
    if (fault === undefined) return work();
    if (fault.happens === true) await work();
    throw systemError(fault.code, call, path);
  }

  function guardFile(path: string, file: OpenFile): OpenFile {
    /** What of a write is to be done, and the error that it ends with. */
    function struckWrite(bytes: Uint8Array): { readonly part: Uint8Array; readonly error?: Error } {
      const fault = next("write", path);
      if (fault === undefined) return { part: bytes };
      if (fault.code === "short") return { part: bytes.subarray(0, Math.max(1, bytes.byteLength >> 1)) };
      const part = fault.happens === true ? bytes : bytes.subarray(0, 0);
      return { part, error: systemError(fault.code, "write", path) };
    }

    return {
      async write(bytes, position) {
        const { part, error } = struckWrite(bytes);
        const taken = part.byteLength > 0 ? await file.write(part, position) : 0;
        if (error !== undefined) throw error;
        return taken;
      },
      writeNow(bytes, position) {
        const { part, error } = struckWrite(bytes);
        const taken = part.byteLength > 0 ? file.writeNow(part, position) : 0;
        if (error !== undefined) throw error;
        return taken;
      },
      read: (bytes, position) => guarded("read", path, () => file.read(bytes, position)),
      truncate: (sizeBytes) => guarded("truncate", path, () => file.truncate(sizeBytes)),
      datasync: () => guarded("datasync", path, () => file.datasync()),
      sync: () => guarded("sync", path, () => file.sync()),
      setModified: (epochMs) => guarded("setModified", path, () => file.setModified(epochMs)),
      info: () => guarded("info", path, () => file.info()),
      close: () => file.close(),
    };
  }

  return {
    struck,
    strike(fault) {
      const entry: ActiveFault = {
        fault,
        spared: fault.after ?? 0,
        left: fault.times ?? Number.POSITIVE_INFINITY,
      };
      active.add(entry);
      return () => void active.delete(entry);
    },
    liftAll: () => active.clear(),
    absolute: (path) => inner.absolute(path),
    open: (path, mode) => guarded("open", path, async () => guardFile(path, await inner.open(path, mode))),
    readFile: (path) => guarded("readFile", path, () => inner.readFile(path)),
    info: (path) => guarded("info", path, () => inner.info(path)),
    inodeNow(path) {
      const fault = next("inodeNow", path);
      if (fault !== undefined) throw systemError(fault.code, "lstat", path);
      return inner.inodeNow(path);
    },
    list: (path) => guarded("list", path, () => inner.list(path)),
    makeFolder: (path) => guarded("makeFolder", path, () => inner.makeFolder(path)),
    rename: (from, to) => guarded("rename", to, () => inner.rename(from, to)),
    link: (from, to) => guarded("link", to, () => inner.link(from, to)),
    copy: (from, to) => guarded("copy", to, () => inner.copy(from, to)),
    remove: (path) => guarded("remove", path, () => inner.remove(path)),
    protect: (path, mode) => guarded("protect", path, () => inner.protect(path, mode)),
    syncFolder: (path) => guarded("syncFolder", path, () => inner.syncFolder(path)),
    replaceSmallFile: (path, text) =>
      guarded("replaceSmallFile", path, () => inner.replaceSmallFile(path, text)),
  };
}
