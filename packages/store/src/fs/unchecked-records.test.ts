import { afterEach, beforeEach, expect, it } from "vitest";
import { commitSteps, edit, newJob } from "../../testing/index.ts";
import { type DataFolder, dataFolder } from "../../testing/data-folder.ts";
import { writeDocument } from "./document-writer.ts";
import { createNodeFs } from "./node-fs.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

it("S94 a record that was stored with a fault stays refused until an edit mends it, and is checked in part from then on", async () => {
  const made = await folder.open();
  await commitSteps(made, newJob("job-1"));
  const stored = made.getJson("jobs", "job-1");
  await made.close();
  const json = (stored?.json ?? "").replace('"progress":0', '"progress":7');
  expect(json).toContain('"progress":7');
  const head = { savedAt: "2026-01-31T12:00:00.000Z", seq: 1, fields: { lastJobId: 1 } };
  const sections = [{ name: "jobs", lines: [{ seq: 1, json }] }];
  await writeDocument(createNodeFs(folder.path), {
    path: "jobs.json",
    head,
    sections,
    rotate: false,
    isStill: async () => true,
  });

  const store = await folder.open();
  const outcomeOf = async (set: Parameters<typeof edit>[2]) => {
    const { results } = await store.commit({
      by: "test",
      actor: "server",
      atomicity: "each",
      steps: [edit("jobs", "job-1", set)],
    });
    const [result] = results;
    return result?.status === "rejected" ? `${result.code} ${result.path}` : result?.status;
  };
  expect(await outcomeOf({ step: "one" })).toBe("record.invalid /progress");
  await commitSteps(store, { op: "delete", collection: "jobs", id: "job-1" });
  expect(await outcomeOf({ step: "one" })).toBe("record.invalid /progress");
  expect(await outcomeOf({ progress: 0.5 })).toBe("applied");
  expect(await outcomeOf({ step: "one" })).toBe("applied");
  expect(await outcomeOf({ step: 1 })).toBe("record.invalid /step");
  expect(await outcomeOf({ status: null })).toBe("record.invalid /status");
});
