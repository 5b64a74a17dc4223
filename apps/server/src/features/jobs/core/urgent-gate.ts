/** Lets a few through at a time, the most urgent of those who wait first. */
export interface UrgentGate {
  /** Resolves, when there is room, to the function that gives the room back. @param dueMs Epoch ms; none is last. */
  enter(dueMs: number | undefined): Promise<() => void>;
}

export function createUrgentGate(room: number): UrgentGate {
  const waiting: { readonly dueMs: number; readonly begin: () => void }[] = [];
  let inside = 0;

  function leave(): void {
    inside -= 1;
    let next = 0;
    for (const [index, { dueMs }] of waiting.entries()) {
      if (dueMs < (waiting[next]?.dueMs ?? Number.POSITIVE_INFINITY)) next = index;
    }
    waiting.splice(next, 1)[0]?.begin();
  }

  return {
    async enter(dueMs = Number.POSITIVE_INFINITY) {
      if (inside >= room) await new Promise<void>((begin) => void waiting.push({ dueMs, begin }));
      inside += 1;
      let isInside = true;
      return () => {
        if (isInside) leave();
        isInside = false;
      };
    },
  };
}
