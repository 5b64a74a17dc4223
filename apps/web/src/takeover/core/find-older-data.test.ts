import { collections, type CollectionName } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { OLDER_STORAGE } from "../../testing/older-storage.ts";
import { placedJob } from "./find-jobs.ts";
import { findOlderData } from "./find-older-data.ts";
import type { Find } from "./found.ts";

const entriesOf = (storage: Readonly<Record<string, string>>) =>
  Object.entries(storage).map(([key, text]) => ({ key, text }));
const finds = findOlderData(entriesOf(OLDER_STORAGE));
const findOf = (key: string): Find => {
  const find = finds.find(({ keys }) => keys.includes(key));
  if (find === undefined) throw new Error(`Nothing was found under ${key}.`);
  return find;
};
const recordsOf = (find: Find, collection: CollectionName) =>
  find.records.filter((record) => record.collection === collection);

describe("findOlderData", () => {
  it("finds what each of the five apps kept, and leaves others' keys alone", () => {
    expect(finds.map(({ what }) => what)).toEqual([
      "Training of Style 100",
      "Training of ink_wash",
      "Trained models",
      "Generated content",
      "Training pictures",
      "Job history",
      "Editor session “Session 123”",
      "A gallery canvas",
      "“chat_backup_7”",
    ]);
    const keys = finds.flatMap((find) => find.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of ["activeTab", "safelight-theme", "other-app"]) expect(keys).not.toContain(key);
  });

  it("makes a style and its training form of a training tab, with all seven values", () => {
    const { records, keys } = findOf("training_100_parameters");
    expect(keys).toHaveLength(7);
    const [style, draft] = records;
    expect(style).toMatchObject({ collection: "styles", fields: { name: "Style 100" } });
    expect(draft).toMatchObject({
      collection: "drafts",
      fields: {
        scope: `train/${style?.id}`,
        state: {
          selectedSetId: "set-7",
          parameters: { network_dim: 32 },
          currentTraining: { jobId: "rp-abc-123" },
          consoleLogs: ["[10:00:00] Starting", "[10:00:02] Step 1/1000 loss 0.21"],
          activeTab: "console",
          // Written by hand, without quotes.
          description: "dusk over harbours",
          showAdvanced: true,
        },
      },
    });
  });

  it("keeps the end of a log that is too long", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `step ${index} of a very long training run`);
    const [find] = findOlderData([{ key: "training_1_consoleLogs", text: JSON.stringify(lines) }]);
    const state = find?.records[1]?.fields["state"] as { consoleLogs: string[] };
    expect(state.consoleLogs.length).toBeLessThan(lines.length);
    expect(state.consoleLogs.at(-1)).toBe(lines.at(-1));
  });

  it("leaves jobs, models and content to the server, and tells what is none", () => {
    const jobs = findOf("pixellab_jobs");
    expect(jobs.posts?.entries.map(({ id }) => id)).toEqual(["job-1", "job-2"]);
    expect(jobs.unreadable).toMatchObject([{ place: "pixellab_jobs, entry 3" }]);
    expect(findOf("trainedModels").posts).toMatchObject({
      to: "models",
      entries: [{ modelId: "fal-1", trainingData: [{ id: "t-1", description: "a pier" }] }],
    });
    const content = findOf("generatedContent");
    expect(content.posts).toMatchObject({ to: "content", entries: [{ id: "1714557600000" }] });
    expect(content.unreadable).toEqual([
      {
        place: "generatedContent, entry 2",
        reason: "Its picture was in the memory of a page that is closed.",
      },
    ]);
  });

  it("reads an editor's backup as a session with its lists in order", () => {
    const find = findOf("ai-editor-session-123");
    expect(recordsOf(find, "editorSessions")).toMatchObject([{ id: "123" }]);
    expect(recordsOf(find, "messages").map(({ fields }) => fields)).toMatchObject([
      { sessionId: "123", role: "user", content: "A login form", sortKey: "Z000000" },
      { sessionId: "123", role: "assistant", metadata: { writtenAt: "2025-02-01T09:00:05.000Z" } },
    ]);
    expect(recordsOf(find, "components")[0]?.fields).toMatchObject({
      jsx: "<form />",
      css: "form { gap: 8px }",
    });
    expect(recordsOf(find, "interactions")[0]?.fields).toMatchObject({ metadata: { model: "gpt-4" } });
  });

  it("reads a registry of canvases with the places of their cards", () => {
    const find = findOf("sessionRegistry");
    expect(recordsOf(find, "gallerySessions")).toMatchObject([
      { id: "gal-1733500000-abc123", fields: { name: "Morning Demo", savedProducts: ["product-0"] } },
    ]);
    expect(recordsOf(find, "galleryImages")).toMatchObject([
      { fields: { x: 44, y: 280, productBrand: "Louis Vuitton" }, pictures: [{ at: ["blob"] }] },
      { fields: { x: 10, y: 20, url: "https://example.org/2.png" } },
    ]);
  });

  it("tells of what carries a key of theirs and is damaged", () => {
    expect(findOf("chat_backup_7").unreadable).toMatchObject([{ place: "chat_backup_7" }]);
  });

  it("gives the same ids every time, and sets no field that a client may not", () => {
    expect(findOlderData(entriesOf(OLDER_STORAGE))).toEqual(finds);
    for (const { collection, fields } of finds.flatMap(({ records }) => records)) {
      const { properties } = collections[collection].schema as {
        readonly properties: Readonly<Record<string, { readonly policy?: string }>>;
      };
      for (const name of Object.keys(fields)) {
        expect(properties[name], `${collection}.${name}`).toBeDefined();
        expect(properties[name]?.policy, `${collection}.${name}`).not.toBe("server");
      }
    }
  });

  it.each([["[]"], ["{}"], ["null"], ['{"messages": []}'], ['{"jobs": []}'], ["[1, 2]"], ["plain text"]])(
    "finds nothing in %s",
    (text) => {
      expect(findOlderData([{ key: "app", text }])).toEqual([]);
    },
  );
});

describe("placedJob", () => {
  const entry = { id: "job-1", prompt: "knight", createdAt: 1_698_589_120_000 };

  it("keeps the id of a job that is new, or the same", () => {
    expect(placedJob(entry, undefined)).toBe(entry);
    expect(placedJob(entry, { createdAt: "2023-10-29T14:18:40.000Z", prompt: "knight" })).toBe(entry);
  });

  it("gives another id to a job of another dashboard that counted from 1 too", () => {
    const placed = placedJob(entry, { createdAt: "2024-01-01T00:00:00.000Z", prompt: "slime" });
    expect(placed).toMatchObject({ prompt: "knight" });
    expect(placed["id"]).not.toBe("job-1");
  });
});
