import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../testing/studio-process.ts";
import type { ServerChild } from "./server-child.ts";

const START_TRIES = 100;
const START_PAUSE_MS = 50;

export function hasNginx(): boolean {
  return spawnSync("nginx", ["-v"]).error === undefined;
}

/** nginx over the files of a folder: one worker, as the studio is one process, set up to serve files fast. */
export async function startNginx(root: string, folder: string): Promise<ServerChild> {
  const port = await freePort();
  const config = path.join(folder, "nginx.conf");
  await writeFile(config, configOf({ root, folder, port }));
  const child = spawn("nginx", ["-p", folder, "-c", config, "-e", path.join(folder, "error.log")], {
    stdio: "ignore",
  });
  const exit = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    await exit;
  };
  for (let attempt = 0; attempt < START_TRIES && child.exitCode === null; attempt += 1) {
    const isThere = await fetch(url).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
    if (isThere) return { url, stop };
    await wait(START_PAUSE_MS);
  }
  await stop();
  throw new Error("nginx did not start.");
}

function configOf({ root, folder, port }: { root: string; folder: string; port: number }): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${folder}/${name};\n`)
    .join("");
  return `daemon off;
${process.getuid?.() === 0 ? "user root;\n" : ""}worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
${temporary}  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100 inactive=60s;
  server { listen 127.0.0.1:${port}; root ${root}; }
}
`;
}
