import { describe, expect, it } from "vitest";
import { makeContent, makeJob } from "../../../testing/make-records.ts";
import { type CreateSearch, parseCreateSearch } from "../create-search.ts";
import { createItemTexts } from "./create-item-texts.ts";
import { filterCount, isNarrowed, itemMatcher } from "./match-contents.ts";
import { picturePlace, trashPlace } from "../library/job-places.ts";

const noon = (day: number) => new Date(2026, 10, day, 12).toISOString();
const contents = [
  makeContent({ id: "a", prompt: "A Lighthouse at dusk", star: true, tags: ["sea"], createdAt: noon(1) }),
  makeContent({
    id: "b",
    prompt: "夕暮れの静かな海に立つ灯台",
    tags: ["sea", "print"],
    createdAt: noon(2),
    provider: "fal",
  }),
  makeContent({
    id: "c",
    prompt: "",
    origin: "upload",
    title: "ＩＭＧ_12.png",
    createdAt: noon(3),
    boardId: "board-1",
  }),
  makeContent({
    id: "d",
    type: "video",
    modelId: "wan",
    config: { width: 512, height: 1024 },
    jobId: "job-1",
    prompt: "маяк над морем",
    createdAt: noon(4),
  }),
];
const job = makeJob({ id: "job-1", styleId: "style-1" });
const items = contents.map((content) => trashPlace(content, content.jobId === job.id ? job : undefined));

function found(search: CreateSearch): readonly string[] {
  const matches = itemMatcher(search, { textMatcher: createItemTexts().matcher });
  return items.filter((item) => matches === undefined || matches(item)).map(({ content }) => content.id);
}

describe("finding pictures", () => {
  it("finds parts of words in any script, in prompts, names and tags, whatever the case or width", () => {
    expect(found({ q: "LIGHT" })).toEqual(["a"]);
    expect(found({ q: "灯台" })).toEqual(["b"]);
    expect(found({ q: "海" })).toEqual(["b"]);
    expect(found({ q: "Маяк" })).toEqual(["d"]);
    expect(found({ q: "img_12" })).toEqual(["c"]);
    expect(found({ q: "print" })).toEqual(["b"]);
  });

  it("finds what has every word, in any order", () => {
    expect(found({ q: "dusk light" })).toEqual(["a"]);
    expect(found({ q: "dusk 灯台" })).toEqual([]);
    expect(found({ q: "  " })).toEqual(["a", "b", "c", "d"]);
  });

  it("narrows by each filter, and by all of them together", () => {
    expect(found({ star: true })).toEqual(["a"]);
    expect(found({ show: "uploads" })).toEqual(["c"]);
    expect(found({ board: "board-1" })).toEqual(["c"]);
    expect(found({ tags: ["sea"] })).toEqual(["a", "b"]);
    expect(found({ tags: ["sea", "print"] })).toEqual(["b"]);
    expect(found({ type: "video" })).toEqual(["d"]);
    expect(found({ provider: "fal" })).toEqual(["b"]);
    expect(found({ model: "wan" })).toEqual(["d"]);
    expect(found({ style: "style-1" })).toEqual(["d"]);
    expect(found({ size: "tall" })).toEqual(["d"]);
    expect(found({ size: "small" })).toEqual(["a", "b", "c"]);
    expect(found({ from: "2026-11-02", to: "2026-11-03" })).toEqual(["b", "c"]);
    expect(found({ tags: ["sea"], q: "灯", from: "2026-11-02" })).toEqual(["b"]);
  });

  it("counts what is on, and knows when nothing is", () => {
    expect(
      filterCount({ q: "sea", star: true, tags: ["a", "b"], from: "2026-11-01", to: "2026-11-02" }),
    ).toBe(3);
    expect([isNarrowed({ sort: "oldest", picture: "a" }), isNarrowed({ q: "a" })]).toEqual([false, true]);
  });
});

describe("the address of the library", () => {
  it("keeps what it knows and drops what it does not", () => {
    const search = {
      q: "sea",
      star: true,
      tags: ["a", "a", 3],
      size: "wide",
      from: "2026-11-01",
      compare: ["a", "b"],
    } as const;
    expect(parseCreateSearch(search)).toEqual({ ...search, tags: ["a", "3"] });
    expect(
      parseCreateSearch({ q: "", star: "yes", size: "huge", from: "soon", compare: ["a"], other: 1 }),
    ).toEqual({});
    expect(parseCreateSearch({ q: 42 })).toEqual({ q: "42" });
    expect(parseCreateSearch({ compare: ["a", "b", "c", "d", "e"] }).compare).toHaveLength(4);
  });
});

describe("the texts that are searched", () => {
  it("are made ahead as long as there is time, each once", () => {
    const texts = createItemTexts();
    const many = Array.from({ length: 450 }, (_, at) => picturePlace(makeContent({ id: `content-${at}` })));
    const walk = many.values();
    expect(texts.prepare(walk, () => false)).toBe(false);
    expect(many.filter(({ text }) => text !== undefined)).toHaveLength(200);
    expect(texts.prepare(walk, () => true)).toBe(true);
    expect(many.every(texts.matcher("lighthouse"))).toBe(true);
  });
});
