import { describe, expect, it } from "vitest";
import { describeChange } from "./describe-change.ts";

const lighthouse = { prompt: "a lighthouse over a quiet sea at dusk, seen from a boat", star: true };

describe("describeChange", () => {
  it("names the record by its own words, cut at a space", () => {
    expect(describeChange({ collection: "contents", op: "update", fields: ["star"] }, lighthouse)).toBe(
      "Star on “a lighthouse over a quiet sea at dusk,…”",
    );
    expect(
      describeChange({ collection: "contents", op: "update", fields: ["star"] }, { title: "red.png" }),
    ).toBe("Star off “red.png”");
  });

  it.each([
    [{ collection: "jobs", op: "create", fields: ["prompt"] }, { prompt: "a fox" }, "New job “a fox”"],
    [
      { collection: "jobs", op: "update", fields: ["cancelRequested"] },
      { prompt: "a fox" },
      "Cancel “a fox”",
    ],
    [{ collection: "jobs", op: "delete", fields: [] }, { number: 12 }, "Job 12 to the trash"],
    [{ collection: "styles", op: "restore", fields: [] }, undefined, "A style out of the trash"],
    [
      { collection: "drafts", op: "update", fields: ["state"] },
      { scope: "create" },
      "What is typed in the Create form",
    ],
    [
      { collection: "contents", op: "update", fields: ["title", "tags", "boardId"] },
      { title: "harbour" },
      "Title, tags and board of “harbour”",
    ],
    [
      { collection: "styles", op: "update", fields: ["triggerWord"] },
      { name: "Dusk" },
      "Trigger word of “Dusk”",
    ],
  ] as const)("puts %j into words", (change, record, words) => {
    expect(describeChange(change, record)).toBe(words);
  });
});
