import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type DataFolder, dataFolder } from "../../testing/data-folder.ts";

const WRITING_PROCESS = fileURLToPath(new URL("../../testing/processes/writing-process.ts", import.meta.url));
const ROUNDS = 6;

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

/** Lets 64 writers write for a while, kills them without warning, and returns what had been acknowledged to them. */
async function writeAndKill(round: number, afterMs: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, [WRITING_PROCESS, folder.path, String(round)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const exited = new Promise((resolve) => void child.once("close", resolve));
  await once(child.stdout, "data");
  await sleep(afterMs);
  child.kill("SIGKILL");
  await exited;
  const lines = output.slice(0, output.lastIndexOf("\n")).split("\n");
  return new Map(lines.map((line) => [line.split(" ")[0] ?? "", Number(line.split(" ")[1])] as const));
}

it("F1 has every acknowledged write after kill -9 under 64 writers, and uses no seq twice", async () => {
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [id, seq] of await writeAndKill(round, 20 + 60 * round)) acknowledged.set(id, seq);
    const store = await folder.open();
    const lost = [...acknowledged].filter(([id, seq]) => store.getJson("jobs", id)?.seq !== seq);
    expect(lost).toEqual([]);
    const numbers = new Set([...store.scan("jobs")].map(({ number }) => number));
    expect(numbers.size).toBe(store.count("jobs"));
    expect(store.health().findings.filter(({ code }) => code !== "journal.torn")).toEqual([]);
    await store.close();
  }
  expect(new Set(acknowledged.values()).size).toBe(acknowledged.size);
  expect(acknowledged.size).toBeGreaterThan(500);
});
