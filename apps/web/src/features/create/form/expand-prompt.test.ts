import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingLists, expandPrompt, isTemplate } from "./expand-prompt.ts";

const lists = new Map([
  ["colour", ["red", "blue"]],
  ["sea", ["a {calm|wild} sea"]],
  ["loop", ["__loop__"]],
]);
const first = () => 0;
const last = (count: number) => count - 1;

describe("a prompt with choices", () => {
  it("takes one part of each, inner ones first", () => {
    expect(expandPrompt("a {red|blue} {cat|{big|small} dog}", lists, first)).toBe("a red cat");
    expect(expandPrompt("a {red|blue} {cat|{big|small} dog}", lists, last)).toBe("a blue small dog");
    expect(expandPrompt("a {|very }cat", lists, first)).toBe("a cat");
  });

  it("draws lines of lists, which may hold choices; names in any case", () => {
    expect(expandPrompt("__Colour__ over __sea__", lists, last)).toBe("blue over a wild sea");
  });

  it("leaves what it does not know, and braces without a choice, as they are", () => {
    expect(expandPrompt("__nothing__ {json} snake_case __", lists, first)).toBe(
      "__nothing__ {json} snake_case __",
    );
    expect(isTemplate("a {plain} prompt")).toBe(false);
    expect(isTemplate("{a|b}")).toBe(true);
  });

  it("ends, whatever it is made of", () => {
    expect(expandPrompt("__loop__", lists, first)).toBe("__loop__");
    const piece = fc.constantFrom("{", "}", "|", "__loop__", "__sea__", "_", "a", " ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(typeof expandPrompt(pieces.join(""), lists, last)).toBe("string");
      }),
    );
  });
});

it("names the lists that a prompt asks for and nobody has made, each once", () => {
  const lists = new Map([
    ["weather", ["rain"]],
    ["empty", []],
  ]);
  expect(missingLists("__Weather__ in __town__, __town__ and __empty__", lists)).toEqual(["town", "empty"]);
  expect(missingLists("a __init__ of {a|b}", new Map())).toEqual(["init"]);
  expect(missingLists("plain words", lists)).toEqual([]);
});
