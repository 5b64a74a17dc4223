import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";

export interface RunResult {
  /** Exit code; 1 when the program could not be started or a signal ended it. */
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Also shows the output as it comes. */
  readonly echo?: boolean;
}

/** Runs a program of this project's toolchain (or of the system) from the repository's root to its end. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const binaries = join(repositoryRoot, "node_modules", ".bin");
  const env = {
    ...process.env,
    PATH: `${binaries}${delimiter}${process.env["PATH"] ?? ""}`,
    ...options.env,
  };
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: repositoryRoot,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      if (options.echo === true) process.stdout.write(chunk);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
