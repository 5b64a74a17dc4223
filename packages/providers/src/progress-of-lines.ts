/** Lines from the end of a console that are looked at. */
const LOOK_BACK = 20;

/** Progress, 0 to 1, as the last line of a console that tells one has it: `45%|███` or `450/1000`. */
export function progressOfLines(lines: readonly string[]): number | undefined {
  for (const line of lines.slice(-LOOK_BACK).toReversed()) {
    const percent = /(?:^|[\s:])(\d{1,3})\s?%/.exec(line)?.[1];
    if (percent !== undefined && Number(percent) <= 100) return Number(percent) / 100;
    const [, done, all] = /(?:^|[\s(:|])(\d{1,7})\s?\/\s?(\d{1,7})(?:$|[\s),:[|])/.exec(line) ?? [];
    if (done !== undefined && all !== undefined && Number(all) > 1 && Number(done) <= Number(all)) {
      return Number(done) / Number(all);
    }
  }
  return undefined;
}
