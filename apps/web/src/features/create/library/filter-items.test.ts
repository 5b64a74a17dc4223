import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { filterContents, libraryFilters } from "./filter-items.ts";

const contents = [
  makeContent({ id: "content-1", star: true, tags: ["sea"] }),
  makeContent({ id: "content-2", origin: "upload", tags: ["sea", "knights"] }),
  makeContent({ id: "content-3" }),
];
const ids = (show: string | undefined) => filterContents(contents, show).map(({ id }) => id);

describe("the library's filters", () => {
  it("offer all, starred, uploads and the tags there are, with their counts", () => {
    expect(libraryFilters(contents).map(({ label, count }) => [label, count])).toEqual([
      ["All", 3],
      ["Starred", 1],
      ["Uploads", 1],
      ["sea", 2],
      ["knights", 1],
    ]);
  });

  it("show what they say", () => {
    expect(ids(undefined)).toHaveLength(3);
    expect(ids("starred")).toEqual(["content-1"]);
    expect(ids("uploads")).toEqual(["content-2"]);
    expect(ids("tag:sea")).toEqual(["content-1", "content-2"]);
  });

  it("show all for an address that nobody wrote", () => {
    expect(ids("nonsense")).toHaveLength(3);
  });
});
