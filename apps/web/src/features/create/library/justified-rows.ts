/** A row of tiles of one height that fills the width; sizes in CSS pixels. */
export interface JustifiedRow<T> {
  readonly height: number;
  readonly tiles: readonly { readonly item: T; readonly width: number }[];
}

export interface JustifyOptions {
  readonly width: number;
  readonly gap: number;
  /** The height that rows come close to. */
  readonly targetHeight: number;
}

/** A last row that lacks little is stretched to the full width. */
const LAST_ROW_STRETCH = 1.2;

/**
 * Lays items out in rows that fill the width exactly, each item at its own aspect (width over height). A last row
 * that is far from full keeps the target height and stays short.
 */
export function justifiedRows<T extends { readonly aspect: number }>(
  items: readonly T[],
  { width, gap, targetHeight }: JustifyOptions,
): readonly JustifiedRow<T>[] {
  const rows: JustifiedRow<T>[] = [];
  if (width <= 0) return rows;
  let row: T[] = [];
  let aspects = 0;
  const heightOf = (count: number, sum: number) => (width - gap * (count - 1)) / sum;

  for (const item of items) {
    const without = row.length === 0 ? Infinity : heightOf(row.length, aspects);
    const withItem = heightOf(row.length + 1, aspects + item.aspect);
    // Past the target: the row ends before or after this item, whichever comes closer.
    if (withItem < targetHeight && row.length > 0 && without - targetHeight < targetHeight - withItem) {
      rows.push(makeRow(row, without));
      row = [];
      aspects = 0;
    }
    row.push(item);
    aspects += item.aspect;
    const height = heightOf(row.length, aspects);
    if (height <= targetHeight) {
      rows.push(makeRow(row, height));
      row = [];
      aspects = 0;
    }
  }
  if (row.length > 0) {
    const filling = heightOf(row.length, aspects);
    rows.push(makeRow(row, filling <= targetHeight * LAST_ROW_STRETCH ? filling : targetHeight));
  }
  return rows;
}

function makeRow<T extends { readonly aspect: number }>(
  items: readonly T[],
  height: number,
): JustifiedRow<T> {
  return { height, tiles: items.map((item) => ({ item, width: item.aspect * height })) };
}
