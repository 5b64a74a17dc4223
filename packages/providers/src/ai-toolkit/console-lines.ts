import type { RunLines } from "../provider.ts";

/**
 * Lines of a console that was read from the byte `offset` on. The last line waits until it is whole, and of a line
 * that was written over (progress bars do that) the last version counts.
 */
export function consoleLines(text: string, offset: number): RunLines {
  const end = text.lastIndexOf("\n") + 1;
  const whole = text.slice(0, end);
  const lines = whole === "" ? [] : whole.slice(0, -1).split("\n");
  return {
    lines: lines.map((line) => line.replace(/\r+$/, "").split("\r").at(-1) ?? ""),
    next: offset + Buffer.byteLength(whole),
  };
}
