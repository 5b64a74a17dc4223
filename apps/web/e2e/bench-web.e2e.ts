import { expect, it } from "vitest";
import { measureLibrary } from "../bench/library/measure-library.ts";
import { openLibrary, SMALL_LIBRARY } from "../bench/library/open-library.ts";

// Starts a studio and a browser, reloads, types, filters and scrolls: most of it is waiting for frames.
it("measures the library at a small size, with a ratio each", { timeout: 120_000 }, async () => {
  const library = await openLibrary({ size: SMALL_LIBRARY, progress: () => undefined });
  try {
    const lines = await measureLibrary(library);
    expect(lines.length).toBeGreaterThanOrEqual(12);
    for (const { measure, value, ratio, atLeast, pass } of lines) {
      expect(Number.isFinite(value), measure).toBe(true);
      expect(Number.isFinite(ratio), measure).toBe(true);
      expect(pass, measure).toBe(ratio >= atLeast);
    }
  } finally {
    await library.close();
  }
});
