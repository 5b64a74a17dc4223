import { type DiskImage, folderNode, type ImageNode, reachable } from "./disk-image.ts";
import type { DiskStep } from "./disk-step.ts";
import { createVolatileFile, type VolatileFile } from "./volatile-file.ts";

/** How much of a step reached the disk. A number: that many bytes of the page. `zeros`: the size, but not the bytes. */
export type Fate = "whole" | "none" | "zeros" | number;

/** What a file that was made and never given a time shows: no time that a program could have meant. */
const UNSET_MTIME_MS = 1;

/** The disk after some steps, each as far as its fate says, in their order. */
export function replaySteps(
  image: DiskImage,
  steps: Iterable<readonly [index: number, step: DiskStep]>,
  fateOf: (index: number) => Fate,
): DiskImage {
  const changed = new Map<number, VolatileFile>();
  const names = new Map(image.names);
  const happened = new Set<number>();

  function fileOf(node: number, kind: ImageNode["kind"] = "file"): VolatileFile {
    const known = changed.get(node);
    if (known !== undefined) return known;
    const made = createVolatileFile(image.nodes.get(node) ?? { ...folderNode(UNSET_MTIME_MS), kind });
    changed.set(node, made);
    return made;
  }

  for (const [index, step] of steps) {
    const fate = fateOf(index);
    if (fate === "none") continue;
    if (step.kind === "names") {
      if (step.needs !== undefined && !happened.has(step.needs)) continue;
      if (step.unset !== undefined) names.delete(step.unset);
      if (step.set !== undefined) {
        names.set(step.set.path, step.set.node);
        fileOf(step.set.node, step.set.kind);
      }
    } else applyToFile(fileOf(step.node), step, fate);
    happened.add(index);
  }
  const nodes = new Map(image.nodes);
  for (const [node, file] of changed) {
    nodes.set(node, { kind: file.kind, bytes: file.content(), mtimeMs: file.mtimeMs });
  }
  return reachable({ nodes, names });
}

function applyToFile(file: VolatileFile, step: Exclude<DiskStep, { kind: "names" }>, fate: Fate): void {
  switch (step.kind) {
    case "truncate":
      file.truncate(step.sizeBytes);
      return;
    case "modified":
      file.mtimeMs = step.mtimeMs;
      return;
    case "write": {
      if (fate === "zeros") {
        // Only what the file grows by can be zeros: bytes that were there stay.
        file.truncate(Math.max(file.sizeBytes, step.position + step.bytes.length));
        return;
      }
      const length = typeof fate === "number" ? fate : step.bytes.length;
      file.write(step.position, step.bytes.subarray(0, length));
      return;
    }
  }
}
