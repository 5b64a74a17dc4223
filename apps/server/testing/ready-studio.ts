import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
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
  const ended = once(child, "close");
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
  return {
    async begin() {
      child.stdin.write("begin\n");
      for await (const line of createInterface({ input: child.stdout })) {
        const url = /^ *Address +(\S+)$/.exec(line)?.[1];
        if (url !== undefined) return url;
      }
      throw new Error(`The server did not start:\n${errors}`);
    },
    async killHard() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
