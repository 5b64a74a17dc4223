/** Works between two looks at the screen. */
const AT_ONCE = 100;

/** Does something with each of many values, and lets the screen be drawn in between. The values are copied first. */
export async function inSlices<T>(
  given: Iterable<T>,
  work: (value: T) => void,
  breathe: () => Promise<void> = nextTask,
): Promise<void> {
  let done = 0;
  for (const value of Array.from(given)) {
    work(value);
    done += 1;
    if (done % AT_ONCE === 0) await breathe();
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
