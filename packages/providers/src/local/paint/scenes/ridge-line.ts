/** A height over x, worked out once and read with straight lines between its points. */
export type RidgeLine = (x: number) => number;

const POINTS = 1536;

/** Samples `heightAt` over a picture of this aspect, with some room at its sides. */
export function createRidgeLine(aspect: number, heightAt: (x: number) => number): RidgeLine {
  const reach = aspect / 2 + 0.1;
  const heights = Float32Array.from({ length: POINTS }, (_, index) =>
    heightAt((index / (POINTS - 1)) * 2 * reach - reach),
  );
  return (x) => {
    const place = ((x + reach) / (2 * reach)) * (POINTS - 1);
    if (place <= 0) return heights[0]!;
    if (place >= POINTS - 1) return heights[POINTS - 1]!;
    const left = place | 0;
    return heights[left]! + (heights[left + 1]! - heights[left]!) * (place - left);
  };
}
