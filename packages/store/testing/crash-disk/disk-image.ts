import { createHash } from "node:crypto";

/** A file or folder at rest. */
export interface ImageNode {
  readonly kind: "file" | "folder";
  readonly bytes: Buffer;
  readonly mtimeMs: number;
}

/** What a disk holds while the power is off: nodes by number, and names that lead to them. Never changed once made. */
export interface DiskImage {
  readonly nodes: ReadonlyMap<number, ImageNode>;
  /** Paths relative to the data folder; several may lead to one node (hard links). */
  readonly names: ReadonlyMap<string, number>;
}

const NO_BYTES = Buffer.alloc(0);

export const EMPTY_IMAGE: DiskImage = { nodes: new Map(), names: new Map() };

export function folderNode(mtimeMs: number): ImageNode {
  return { kind: "folder", bytes: NO_BYTES, mtimeMs };
}

/** The folder that a path lies in; `.` for the data folder itself. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** Leaves out names whose folders are not there, and nodes without a name: nobody can reach them after a crash. */
export function reachable(image: DiskImage): DiskImage {
  const isThere = (path: string): boolean => path === "." || isFolder(path);
  const isFolder = (path: string): boolean => {
    const node = image.names.get(path);
    return node !== undefined && image.nodes.get(node)?.kind === "folder" && isThere(parentOf(path));
  };
  const names = new Map([...image.names].filter(([path]) => isThere(parentOf(path))));
  const used = new Set(names.values());
  return { names, nodes: new Map([...image.nodes].filter(([node]) => used.has(node))) };
}

/** Equal for images that no program could tell apart. */
export function fingerprint(image: DiskImage): string {
  const hash = createHash("sha1");
  const order = new Map<number, number>();
  for (const path of [...image.names.keys()].sort()) {
    const node = image.names.get(path) ?? -1;
    const known = order.get(node);
    hash.update(`${path}\0${known ?? order.size}\0`);
    if (known !== undefined) continue;
    order.set(node, order.size);
    const { kind, bytes, mtimeMs } = image.nodes.get(node) ?? folderNode(0);
    hash.update(`${kind}\0${mtimeMs}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("base64");
}
