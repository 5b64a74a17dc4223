import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createNodeFs } from "@safelight/store";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeTempDir } from "../../testing/temp-dir.ts";
import { createAnswerFiles } from "./answer-files.ts";

let folder: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  folder = makeTempDir();
});
afterEach(() => folder.remove());

const open = () => createAnswerFiles(createNodeFs(folder.path), "answers/one");
async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

it("keeps answers of runs by name until they are dropped, over a restart", async () => {
  const answers = open();
  await answers.save("job-1", "answer.json", chunks("a", "", "b"));
  await answers.save("job-1", "../../x/.y", Buffer.from("c"));
  await answers.save("job-10", "answer.json", Buffer.from("d"));
  const again = open();
  expect([...(await again.names("job-1"))].sort()).toEqual(["../../x/.y", "answer.json"]);
  expect(Buffer.from((await again.read("job-1", "answer.json")) ?? []).toString()).toBe("ab");
  expect(Buffer.from((await again.read("job-1", "../../x/.y")) ?? []).toString()).toBe("c");
  expect(await again.read("job-1", "other")).toBeUndefined();
  await again.save("job-1", "answer.json", Buffer.from("new"));
  expect(Buffer.from((await again.read("job-1", "answer.json")) ?? []).toString()).toBe("new");
  await again.drop("job-1");
  expect(await again.names("job-1")).toEqual([]);
  expect(await again.names("job-10")).toEqual(["answer.json"]);
  expect(await again.names("never")).toEqual([]);
});

it("leaves nothing of an answer that broke off, and refuses what cannot be a name", async () => {
  const answers = open();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("half");
    throw new Error("The line went dead.");
  }
  await expect(answers.save("job-1", "answer", broken())).rejects.toThrow("dead");
  expect(readdirSync(join(folder.path, "answers/one"))).toEqual([]);
  await expect(answers.save("", "answer", Buffer.from("x"))).rejects.toThrow(RangeError);
  await expect(answers.save("job-1", "x".repeat(300), Buffer.from("x"))).rejects.toThrow(RangeError);
});

it("has made file and folder durable when it says that an answer is saved, in that order", async () => {
  const fs = createNodeFs(folder.path);
  const steps: string[] = [];
  const answers = createAnswerFiles(
    {
      ...fs,
      async open(path, mode) {
        const file = await fs.open(path, mode);
        return { ...file, sync: () => (steps.push("sync"), file.sync()) };
      },
      rename: (from, to) => (steps.push("rename"), fs.rename(from, to)),
      syncFolder: (path) => (steps.push(`folder ${path}`), fs.syncFolder(path)),
    },
    "answers/one",
  );
  await answers.save("job-1", "answer", Buffer.from("x"));
  expect(steps).toEqual(["folder answers", "folder .", "sync", "rename", "folder answers/one"]);
});
