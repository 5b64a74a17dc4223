/** A row of the items `from` (included) to `to` (not), each `aspect * height` wide; in CSS pixels. */
export interface JustifiedRow {
  readonly height: number;
  readonly from: number;
  readonly to: number;
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
export function justifiedRows(
  items: readonly { readonly aspect: number }[],
  { width, gap, targetHeight }: JustifyOptions,
): readonly JustifiedRow[] {
  const rows: JustifiedRow[] = [];
  if (width <= 0) return rows;
  let from = 0;
  let aspects = 0;
  const heightOf = (count: number, sum: number) => (width - gap * (count - 1)) / sum;

  for (let index = 0; index < items.length; index += 1) {
    const aspect = items[index]?.aspect ?? 1;
    const held = index - from;
    const without = held === 0 ? Infinity : heightOf(held, aspects);
    const withItem = heightOf(held + 1, aspects + aspect);
    // Past the target: the row ends before or after this item, whichever comes closer.
    if (withItem < targetHeight && held > 0 && without - targetHeight < targetHeight - withItem) {
      rows.push({ height: without, from, to: index });
      from = index;
      aspects = 0;
    }
    aspects += aspect;
    const height = heightOf(index + 1 - from, aspects);
    if (height <= targetHeight) {
      rows.push({ height, from, to: index + 1 });
      from = index + 1;
      aspects = 0;
    }
  }
  if (from < items.length) {
    const filling = heightOf(items.length - from, aspects);
    const height = filling <= targetHeight * LAST_ROW_STRETCH ? filling : targetHeight;
    rows.push({ height, from, to: items.length });
  }
  return rows;
}
