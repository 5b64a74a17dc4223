import { describe, expect, it } from "vitest";
import { createPageMemory } from "./page-memory.ts";

describe("the memory of pages", () => {
  it("makes a page once for one state of the studio", () => {
    const pages = createPageMemory<string>({ cursor: () => ({ epoch: "e", seq: 3 }) });
    expect(pages.read("/api/jobs", () => "first")).toBe("first");
    expect(pages.read("/api/jobs", () => "second")).toBe("first");
    expect(pages.read("/api/jobs?limit=2", () => "other")).toBe("other");
  });

  it.each([
    ["a commit", { epoch: "e", seq: 4 }],
    ["a restore to an earlier state", { epoch: "e", seq: 2 }],
    ["another epoch", { epoch: "f", seq: 3 }],
  ])("makes it anew after %s", (_, after) => {
    let cursor = { epoch: "e", seq: 3 };
    const pages = createPageMemory<string>({ cursor: () => cursor });
    pages.read("/api/jobs", () => "before");
    cursor = after;
    expect(pages.read("/api/jobs", () => "after")).toBe("after");
  });

  it("keeps no more than it may", () => {
    const pages = createPageMemory<string>({ cursor: () => ({ epoch: "e", seq: 3 }) }, 20);
    const made: string[] = [];
    const read = (address: string, length: number) =>
      pages.read(address, () => {
        made.push(address);
        return "x".repeat(length);
      });
    for (const address of ["/a", "/b", "/c", "/c", "/a"]) read(address, 7);
    expect(made).toEqual(["/a", "/b", "/c", "/a"]);
    for (const address of ["/large", "/large"]) expect(read(address, 30)).toHaveLength(30);
    expect(made.slice(4)).toEqual(["/large", "/large"]);
  });
});
