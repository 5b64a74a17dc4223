import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const START_DEADLINE_MS = 60_000;
const preload = new URL("wait-to-begin.ts", import.meta.url).href;

/** A real server that has loaded its code and touched nothing yet: it gets ready while another one still works. */
export interface ReadyStudio {
  /** Lets it open its folder and listen. Resolves with its address; rejects with its output when it ends before. */
  begin(): Promise<string>;
  /** Ends it as a power switch would. Resolves when it is gone. */
  killHard(): Promise<void>;
}

export interface ReadyStudioOptions {
  readonly dataDir: string;
  /** A folder in which such processes keep their compiled code for the next ones. */
  readonly compiledCode: string;
}

export function getStudioReady({ dataDir, compiledCode }: ReadyStudioOptions): ReadyStudio {
  const child = spawn(process.execPath, ["--import", preload, main], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
      LOG_LEVEL: "error",
      NODE_COMPILE_CACHE: compiledCode,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // One that was killed before it began does not read.
  child.stdin.on("error", () => {});
  // Read to their ends: a process whose output waits to be read is not told of as ended.
  let output = "";
  let onOutput = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      onOutput();
    });
  }
  const ended = once(child, "exit").then(() => onOutput());
  return {
    async begin() {
      child.stdin.write("begin\n");
      const deadline = AbortSignal.timeout(START_DEADLINE_MS);
      deadline.addEventListener("abort", () => onOutput());
      for (;;) {
        const url = /^ *Address +(\S+)$/m.exec(output)?.[1];
        if (url !== undefined) return url;
        if (child.exitCode !== null || child.signalCode !== null || deadline.aborted) {
          throw new Error(`The server did not start:\n${output}`);
        }
        await new Promise<void>((resolve) => (onOutput = resolve));
      }
    },
    async killHard() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
