import type { DiskImage } from "./disk-image.ts";
import type { DiskEvent, DiskStep } from "./disk-step.ts";
import { type Fate, replaySteps } from "./replay-steps.ts";
import { seededRandom } from "./seeded-random.ts";

/** A disk as the power may leave it. */
export interface CrashState {
  /** The power went after this many events. */
  readonly at: number;
  readonly image: DiskImage;
}

export interface CrashStatesOptions {
  /** What the disk held at the first event. */
  readonly image: DiskImage;
  readonly events: readonly DiskEvent[];
  /**
   * Most combinations of unsynced steps after one event. Up to it all of them are made; beyond it: none, all, each one
   * alone, each one missing, each number of first ones, and combinations drawn at random for the rest.
   */
  readonly maxPerEvent: number;
  readonly seed: number;
}

interface PendingStep {
  readonly index: number;
  readonly step: DiskStep;
}

/** Tears of one page that are tried in any case, in bytes; a sector is written whole or not at all by no disk's promise. */
const SECTOR_BYTES = 512;

/**
 * Every prefix of what a disk was asked to do, and for each the combinations of unsynced steps that may have reached it:
 * the method of "All File Systems Are Not Created Equal" (Pillai et al., OSDI 2014).
 */
export function* crashStates(options: CrashStatesOptions): Generator<CrashState, void, undefined> {
  const random = seededRandom(options.seed);
  const steps: (readonly [number, DiskStep])[] = [];
  const pending = new Map<number, DiskStep>();
  yield { at: 0, image: options.image };
  for (const [index, event] of options.events.entries()) {
    if (event.type === "step") {
      steps.push([index, event.step]);
      pending.set(index, event.step);
    } else for (const step of event.steps) pending.delete(step);
    const waiting = [...pending].map(([at, step]) => ({ index: at, step }));
    for (const fates of fatesOf(waiting, options.maxPerEvent, random)) {
      const image = replaySteps(options.image, steps, (step) => fates.get(step) ?? "whole");
      yield { at: index + 1, image };
    }
  }
}

/** Combinations of fates; steps that are not in one happened whole. */
function* fatesOf(
  pending: readonly PendingStep[],
  most: number,
  random: () => number,
): Generator<ReadonlyMap<number, Fate>, void, undefined> {
  yield new Map();
  yield* tearsOf(pending);
  const total = 2 ** pending.length;
  if (total <= most) {
    for (let mask = 1; mask < total; mask += 1) {
      yield new Map(
        pending.flatMap(({ index }, bit) => (mask & (1 << bit) ? [[index, "none" as const]] : [])),
      );
    }
    return;
  }
  const missing = (isMissing: (at: number) => boolean) =>
    new Map(pending.flatMap(({ index }, at) => (isMissing(at) ? [[index, "none" as const]] : [])));
  // The latest steps are where orders matter most; older ones that nobody syncs stay pending for ever.
  const recent = Math.max(0, pending.length - Math.ceil(most / 4));
  for (let at = recent; at < pending.length; at += 1) {
    yield missing((other) => other !== at);
    yield missing((other) => other === at);
    yield missing((other) => other >= at);
  }
  for (let drawn = (pending.length - recent) * 3; drawn < most; drawn += 1) {
    yield new Map(pending.map((step) => [step.index, drawFate(step, random)] as const));
  }
}

function drawFate({ step }: PendingStep, random: () => number): Fate {
  const draw = random();
  if (step.kind !== "write") return draw < 0.5 ? "none" : "whole";
  if (draw < 0.4) return "none";
  if (draw < 0.8) return "whole";
  return draw < 0.9 ? "zeros" : Math.floor(random() * step.bytes.length);
}

/** The last write alone, torn within its page, all else being whole. */
function* tearsOf(pending: readonly PendingStep[]): Generator<ReadonlyMap<number, Fate>, void, undefined> {
  const last = pending.at(-1);
  if (last?.step.kind !== "write") return;
  const { position, bytes } = last.step;
  yield new Map([[last.index, "zeros"]]);
  const sector = SECTOR_BYTES - (position % SECTOR_BYTES);
  for (let at = sector; at < bytes.length; at += SECTOR_BYTES) yield new Map([[last.index, at]]);
  for (const at of [1, bytes.length >> 1, bytes.length - 1]) {
    if (at > 0 && at < bytes.length) yield new Map([[last.index, at]]);
  }
}
