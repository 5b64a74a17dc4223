import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A script of this folder that runs in a process of its own. */
export interface ScriptProcess {
  readonly process: ChildProcess;
  /** Whole lines that it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves with the next line that passes; those up to it are not seen again. Rejects when the process ends before. */
  line(passes: (line: string) => boolean): Promise<string>;
  /** Resolves when it has ended and all that it printed is here. */
  readonly ended: Promise<void>;
}

/** `compiledCode`: a folder in which such processes keep their compiled code for the next ones, which then start twice as fast. */
export function runScript(
  name: string,
  args: readonly string[],
  options: { readonly compiledCode?: string } = {},
): ScriptProcess {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const { compiledCode } = options;
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...(compiledCode !== undefined && { NODE_COMPILE_CACHE: compiledCode }) },
  });
  const lines: string[] = [];
  let seen = 0;
  let wake = () => {};
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    wake();
  });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      hasEnded = true;
      wake();
      resolve();
    });
  });
  return {
    process: child,
    lines,
    ended,
    async line(passes) {
      for (;;) {
        while (seen < lines.length) {
          const line = lines[seen] ?? "";
          seen += 1;
          if (passes(line)) return line;
        }
        if (hasEnded) throw new Error(`${name} ended after: ${lines.at(-1) ?? "nothing"}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
