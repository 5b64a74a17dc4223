/** A job in the queue of its provider: higher priority goes first, then the lower number. */
export interface Queued {
  readonly id: string;
  readonly priority: number;
  /** Infinity for one that has none yet. */
  readonly number: number;
}

export interface NewPriority {
  readonly id: string;
  readonly priority: number;
}

export function compareQueued(one: Queued, other: Queued): number {
  return other.priority - one.priority || one.number - other.number || (one.id < other.id ? -1 : 1);
}

/**
 * The fewest priorities to set so that the job at `from` stands at `to`: either what comes before it is raised, or it and
 * what comes after it is lowered. `queue` is in its order.
 */
export function planMove(queue: readonly Queued[], from: number, to: number): readonly NewPriority[] {
  const moved = queue[from];
  if (moved === undefined || from === to || to < 0 || to >= queue.length) return [];
  const order = queue.toSpliced(from, 1).toSpliced(to, 0, moved);
  const raised = changesOf(order, withRaised(order));
  const lowered = changesOf(order, withLowered(order));
  return raised.length <= lowered.length ? raised : lowered;
}

/** From the last on: each that does not stand before its successor is raised. */
function withRaised(order: readonly Queued[]): readonly Queued[] {
  const fixed: Queued[] = [];
  for (const item of order.toReversed()) {
    const next = fixed.at(-1);
    if (next === undefined || compareQueued(item, next) < 0) fixed.push(item);
    else {
      const same = { ...item, priority: next.priority };
      fixed.push(compareQueued(same, next) < 0 ? same : { ...item, priority: next.priority + 1 });
    }
  }
  return fixed.toReversed();
}

/** From the first on: each that does not stand after its predecessor is lowered. */
function withLowered(order: readonly Queued[]): readonly Queued[] {
  const fixed: Queued[] = [];
  for (const item of order) {
    const previous = fixed.at(-1);
    if (previous === undefined || compareQueued(previous, item) < 0) fixed.push(item);
    else {
      const same = { ...item, priority: previous.priority };
      fixed.push(compareQueued(previous, same) < 0 ? same : { ...item, priority: previous.priority - 1 });
    }
  }
  return fixed;
}

function changesOf(before: readonly Queued[], after: readonly Queued[]): readonly NewPriority[] {
  return after.flatMap(({ id, priority }, index) =>
    before[index]?.priority === priority ? [] : [{ id, priority }],
  );
}
