// The first step of `npm start` and `npm test`: runs on whatever Node (20.19 or later) npm found, brings this
// project's own pnpm, Node and dependencies, then hands over to scripts/<command>.ts on that Node.
// Plain JavaScript, without dependencies: nothing is installed yet when it runs.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const binaries = join(root, "node_modules", ".bin");
const stamp = join(root, "node_modules", ".safelight-installed");
const windows = process.platform === "win32";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Safelight needs Node 20.19 or later to start; this is Node ${process.versions.node}.`);
}

const [command, ...args] = process.argv.slice(2);
if (command === undefined || !existsSync(join(root, "scripts", `${command}.ts`))) {
  fail("Usage: node scripts/bootstrap.mjs start|test");
}

await install();
process.exitCode = await runOnOwnNode([join(root, "scripts", `${command}.ts`), ...args]);

/** Installs what the lockfile names, unless exactly that is installed. */
async function install() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  process.stdout.write("Installing dependencies (only after a change of them) …\n");
  rmSync(stamp, { force: true });
  const npm = windows ? "npm.cmd" : "npm";
  const { code, output } = await run(
    npm,
    ["exec", "--yes", `--package=${packageManager}`, "--", "pnpm", "install", "--frozen-lockfile"],
    { stdio: ["ignore", "pipe", "pipe"], shell: windows },
  );
  if (code !== 0)
    fail(`${output}\nThe installation failed (exit code ${code}). Is the npm registry reachable?`);
  // Written last: an installation that was cut off is done again.
  writeFileSync(stamp, wanted);
}

/** Changes with the lockfile, the workspace's settings and every manifest. */
function fingerprint() {
  const hash = createHash("sha256");
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  folders.sort((left, right) => (left < right ? -1 : 1));
  for (const folder of ["", ...folders]) {
    const manifest = join(root, folder, "package.json");
    if (existsSync(manifest)) hash.update(readFileSync(manifest));
  }
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) hash.update(readFileSync(join(root, file)));
  return `${hash.digest("hex")} ${process.platform} ${process.arch}\n`;
}

async function runOnOwnNode(nodeArgs) {
  const node = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ""}` };
  const { code } = await run(node, nodeArgs, { stdio: "inherit", env });
  return code;
}

/** Runs a program to its end. Signals are the program's to answer: this process waits for it. */
function run(file, fileArgs, options) {
  return new Promise((resolve) => {
    const child = spawn(file, fileArgs, { cwd: root, ...options });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    // A terminal sends Ctrl-C to the whole group; a supervisor's SIGTERM reaches this process alone.
    const ignore = () => {};
    const forward = () => child.kill("SIGTERM");
    process.on("SIGINT", ignore).on("SIGTERM", forward);
    const done = (code, text) => {
      process.off("SIGINT", ignore).off("SIGTERM", forward);
      resolve({ code, output: text });
    };
    child.once("error", (error) => done(1, `${output}${error.message}`));
    child.once("close", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 1), output));
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
