import { expect, it } from "vitest";
import { wordsOf } from "../core/words-of.ts";
import { chooseArchetype } from "./choose-archetype.ts";

const chosen = (prompt: string) => chooseArchetype(wordsOf(prompt));

it("draws the subject, not what it carries or where it stands", () => {
  expect(chosen("heroic knight with glowing sword")).toBe(chosen("knight"));
  expect(chosen("a cat in a house")).toBe(chosen("cat"));
  expect(chosen("chest of gold and crystals")).toBe(chosen("chest"));
  expect(chosen("in the dark, a ghost")).toBe(chosen("ghost"));
});

it("takes the last of several nouns as the subject", () => {
  expect(chosen("a knight's shield")).toBe(chosen("shield"));
  expect(chosen("health potion, ruby")).toBe(chosen("potion"));
});

it("draws a creature where nothing is named", () => {
  expect(chosen("")).toBe(chosen("creature"));
});
