/**
 * The least that a disk may do or leave undone: one page of a write, one change of a size, one change of names. Steps
 * that were not synced may reach the disk in any order or not at all.
 */
export type DiskStep =
  | { readonly kind: "write"; readonly node: number; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly node: number; readonly sizeBytes: number }
  | { readonly kind: "modified"; readonly node: number; readonly mtimeMs: number }
  /** Names of one folder, changed in one go: a name given to a node, and one taken away. */
  | {
      readonly kind: "names";
      readonly folder: string;
      readonly set:
        | { readonly path: string; readonly node: number; readonly kind: "file" | "folder" }
        | undefined;
      readonly unset: string | undefined;
      /** Index of a step without which this one cannot happen: the arrival of a file that leaves another folder. */
      readonly needs: number | undefined;
    };

/** What a disk was asked to do, in order. `durable` tells which steps have been promised from then on. */
export type DiskEvent =
  | { readonly type: "step"; readonly step: DiskStep }
  | { readonly type: "durable"; readonly steps: readonly number[] };

export const PAGE_BYTES = 4096;

/** Cuts a write where its pages meet. */
export function* pagesOf(
  position: number,
  bytes: Buffer,
): Generator<{ readonly position: number; readonly bytes: Buffer }, void, undefined> {
  for (let done = 0; done < bytes.length;) {
    const room = PAGE_BYTES - ((position + done) % PAGE_BYTES);
    const end = Math.min(bytes.length, done + room);
    yield { position: position + done, bytes: bytes.subarray(done, end) };
    done = end;
  }
}
