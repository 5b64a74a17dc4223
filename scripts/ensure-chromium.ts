import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Path of a Chrome or Chromium for the browser tests: `CHROMIUM_PATH`, one found on this machine, Debian's package,
 * or Playwright's own build, in this order. Throws with what was tried when there is none.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  const tried: string[] = ["a Chrome or Chromium on this machine"];
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    tried.push("apt-get install chromium");
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  tried.push("playwright-core install chromium");
  const own = await run("pnpm", [
    "--filter",
    "@safelight/web",
    "exec",
    "playwright-core",
    "install",
    "chromium",
  ]);
  if (own.code === 0) {
    const { chromium } = await import("playwright-core");
    return chromium.executablePath();
  }
  throw new Error(
    `No browser for the browser tests. Tried: ${tried.join("; ")}. Set CHROMIUM_PATH.\n${own.output}`,
  );
}

function findChromium(): string | undefined {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") return given;
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...APPLICATIONS].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: the next candidate is tried.
    return false;
  }
}
