import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const serverMain = fileURLToPath(new URL("../../server/src/main.ts", import.meta.url));
const builtPages = process.env["E2E_PAGES"] ?? fileURLToPath(new URL("../dist", import.meta.url));
const START_DEADLINE_MS = 60_000;

/** The real server in a process of its own, over a temporary data folder; its address outlives restarts. */
export interface Studio {
  readonly url: string;
  readonly dataDir: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again over the same folder. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

export interface StudioOptions {
  /** Is given the data folder before the first start. */
  readonly fill?: (dataDir: string) => Promise<void>;
  /** What is set for the server beside what every studio has: providers' keys and addresses. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the pages that it serves; the built ones when left out. */
  readonly pages?: string;
}

/** Starts a studio, and waits until it answers. */
export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const { pages = builtPages } = options;
  if (!existsSync(join(pages, "index.html"))) {
    throw new Error("The pages are not built: run `pnpm --filter @safelight/web build` first.");
  }
  const dataDir = await mkdtemp(join(tmpdir(), "safelight-e2e-"));
  await options.fill?.(dataDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [serverMain], {
      env: {
        ...options.env,
        PATH: process.env["PATH"] ?? "",
        HOST: "127.0.0.1",
        PORT: String(port),
        DATA_DIR: dataDir,
        WEB_ROOT: pages,
        LOG_LEVEL: "error",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    await untilHealthy(url, child);
    return child;
  };
  let child = await start();
  const kill = async () => end(child);
  return {
    url,
    dataDir,
    kill,
    restart: async () => {
      child = await start();
    },
    close: async () => {
      await kill();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    try {
      if ((await fetch(`${url}/health`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await end(child);
  throw new Error(`The server did not start. ${complaint}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
