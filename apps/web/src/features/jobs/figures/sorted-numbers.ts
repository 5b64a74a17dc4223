/** Numbers of which the middle one is asked for again and again while some come and go. */
export interface SortedNumbers {
  add(value: number): void;
  /** Takes one of this value out, if there is one. */
  remove(value: number): void;
  /** The middle value; the mean of the two middle ones when their count is even; `undefined` of nothing. */
  median(): number | undefined;
}

export function createSortedNumbers(): SortedNumbers {
  let values: number[] = [];
  let isSorted = true;

  function sort(): void {
    if (isSorted) return;
    values = Array.from(Float64Array.from(values).sort());
    isSorted = true;
  }

  function placeOf(value: number): number {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] ?? Infinity) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(value) {
      // Sorted once it is asked for: many may come at a time.
      values.push(value);
      isSorted = values.length === 1;
    },
    remove(value) {
      sort();
      const place = placeOf(value);
      if (values[place] === value) values.splice(place, 1);
    },
    median() {
      sort();
      const middle = values.length / 2;
      const upper = values[Math.floor(middle)];
      const lower = values[Math.ceil(middle) - 1];
      return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
    },
  };
}
