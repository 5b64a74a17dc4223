import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freePort } from "../testing/studio-process.ts";

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "safelight-main-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  rmSync(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exitCode: () => Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const closed = once(child, "close");
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    exitCode: async () => {
      await closed;
      return child.exitCode;
    },
  };
}

async function startAndWait(port: number): Promise<Started> {
  const started = start({ PORT: String(port) });
  await vi.waitFor(() => expect(started.stdout()).toContain("Ctrl-C"), { timeout: 20_000 });
  return started;
}

describe("main", () => {
  it("says where it is, serves, and ends with 0 on Ctrl-C though a client listens to its events", async () => {
    const port = await freePort();
    const started = await startAndWait(port);
    const url = `http://127.0.0.1:${port}`;
    expect(started.stdout()).toContain(`Address   ${url}\n`);
    expect(started.stdout()).toContain(`Data      ${dataDir}\n`);
    const created = await fetch(`${url}/api/styles`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Noir" }),
    });
    expect(created.status).toBe(201);
    const events = await fetch(`${url}/api/sync/events`);
    const ended = events.text();
    started.child.kill("SIGINT");
    expect(await started.exitCode()).toBe(0);
    expect(await ended).toContain("event: hello");
    expect(started.stderr()).toBe("");
    expect(started.stdout().trim().split("\n")[0]).toMatch(/^Safelight \d/);
    expect(started.stdout()).not.toContain('"level"');

    const again = await startAndWait(port);
    const list = (await (await fetch(`${url}/api/styles`)).json()) as { items: { name: string }[] };
    expect(list.items).toMatchObject([{ name: "Noir" }]);
    again.child.kill("SIGTERM");
    expect(await again.exitCode()).toBe(0);
  });

  it("refuses a wrong environment with every fault, and exit code 1", async () => {
    const started = start({ PORT: "eighty", LOG_LEVEL: "loud", WEB_ROOT: dataDir });
    expect(await started.exitCode()).toBe(1);
    expect(started.stderr()).toContain('PORT: must be a port, 0 to 65535, not "eighty".\n');
    expect(started.stderr()).toContain("LOG_LEVEL: must be one of");
    expect(started.stdout()).toBe("");
  });

  it.each([
    ["an address that others can reach, without a token", { HOST: "0.0.0.0" }, "SAFELIGHT_TOKEN: needed"],
    ["a folder of pages without pages", { WEB_ROOT: tmpdir() }, "WEB_ROOT:"],
  ])("refuses %s", async (_what, env, message) => {
    const started = start(env);
    expect(await started.exitCode()).toBe(1);
    expect(started.stderr()).toContain(message);
  });

  it("refuses an empty data folder that is said to have been in use", async () => {
    const started = start({ PORT: "0", DATA_MUST_EXIST: "true" });
    expect(await started.exitCode()).toBe(1);
    expect(started.stderr()).toContain("is its volume mounted?");
  });

  it("says which port is taken, and lets go of the data folder", async () => {
    const port = await freePort();
    const first = await startAndWait(port);
    const otherDir = mkdtempSync(join(tmpdir(), "safelight-main-"));
    const second = start({ PORT: String(port), DATA_DIR: otherDir });
    expect(await second.exitCode()).toBe(1);
    expect(second.stderr()).toContain(`Another program already listens on 127.0.0.1:${port}.`);
    rmSync(otherDir, { recursive: true, force: true });
    first.child.kill("SIGINT");
    expect(await first.exitCode()).toBe(0);
  });

  it("refuses a data folder that another studio holds", async () => {
    const first = await startAndWait(await freePort());
    const second = start({ PORT: "0" });
    expect(await second.exitCode()).toBe(1);
    expect(second.stderr()).not.toContain("    at ");
    expect(second.stderr()).not.toBe("");
    first.child.kill("SIGINT");
    expect(await first.exitCode()).toBe(0);
  });
});
