import { execFile, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { CONNECTIONS, type Load, type LoadGenerator } from "./load-generator.ts";

export function hasWrk(): boolean {
  return spawnSync("wrk", ["-v"]).error === undefined;
}

/** wrk, one thread: it costs so little that a server on a core of its own is what is measured. */
export function createWrkLoad(options: { readonly seconds: number; readonly folder: string }): LoadGenerator {
  let scripts = 0;

  async function scriptArguments(body: string | undefined): Promise<readonly string[]> {
    if (body === undefined) return [];
    const script = path.join(options.folder, `post-${(scripts += 1)}.lua`);
    const headers = 'wrk.headers["content-type"] = "application/json"';
    await writeFile(script, `wrk.method = "POST"\nwrk.body = ${luaString(body)}\n${headers}\n`);
    return ["-s", script];
  }

  return {
    name: "wrk",
    async run({ url, body }: Load) {
      const shape = ["-t1", `-c${CONNECTIONS}`, `-d${options.seconds}s`, "--timeout", "30s"];
      const { stdout } = await promisify(execFile)("wrk", [...shape, ...(await scriptArguments(body)), url]);
      return rateOf(stdout);
    },
    close: () => undefined,
  };
}

function rateOf(report: string): number {
  const rate = /^Requests\/sec:\s+([\d.]+)$/m.exec(report)?.[1];
  if (rate === undefined || /Non-2xx|Socket errors/.test(report)) throw new Error(`wrk says:\n${report}`);
  return Number(rate);
}

function luaString(text: string): string {
  return `[==[${text}]==]`;
}
