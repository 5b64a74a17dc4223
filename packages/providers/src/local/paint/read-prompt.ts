import { COLOUR_WORDS } from "../core/colour-words.ts";
import type { Lch } from "../core/oklab.ts";
import { findWord, wordsOf } from "../core/words-of.ts";
import { layoutImpliedBy, VOCABULARY, type Layout, type Mood, type Subject } from "./vocabulary.ts";

/** What a prompt asks of a painting, after the negative prompt took its words away. */
export interface PromptTraits {
  readonly words: readonly string[];
  readonly negativeWords: readonly string[];
  /** Colours in the order of the prompt. */
  readonly colours: readonly Lch[];
  readonly unwantedColours: readonly Lch[];
  /** `undefined` when no word names a scene. */
  readonly layout: Layout | undefined;
  readonly moods: readonly Mood[];
  readonly subjects: ReadonlySet<Subject>;
}

export function readPrompt(prompt: string, negativePrompt: string): PromptTraits {
  const negativeWords = wordsOf(negativePrompt);
  const unwanted = new Set(negativeWords);
  const words = wordsOf(prompt).filter((word) => !unwanted.has(word));
  const banned = meaningsOf(negativeWords);
  const wanted = meaningsOf(words);
  const subjects = new Set(wanted.subjects.filter((subject) => !banned.subjects.includes(subject)));
  const named = wanted.layouts.find((layout) => !banned.layouts.includes(layout));
  const implied = [...subjects]
    .map((subject) => layoutImpliedBy(subject))
    .find((layout) => layout !== undefined && !banned.layouts.includes(layout));
  return {
    words,
    negativeWords,
    colours: coloursOf(words),
    unwantedColours: coloursOf(negativeWords),
    layout: named ?? implied,
    moods: [...new Set(wanted.moods)].filter((mood) => !banned.moods.includes(mood)),
    subjects,
  };
}

function coloursOf(words: readonly string[]): readonly Lch[] {
  const found = words
    .map((word) => findWord(COLOUR_WORDS, word))
    .filter((colour): colour is Lch => colour !== undefined);
  return [...new Set(found)].slice(0, 5);
}

function meaningsOf(words: readonly string[]): { layouts: Layout[]; moods: Mood[]; subjects: Subject[] } {
  const layouts: Layout[] = [];
  const moods: Mood[] = [];
  const subjects: Subject[] = [];
  for (const word of words) {
    const meaning = findWord(VOCABULARY, word);
    if (meaning?.layout !== undefined) layouts.push(meaning.layout);
    if (meaning?.mood !== undefined) moods.push(meaning.mood);
    if (meaning?.subject !== undefined) subjects.push(meaning.subject);
  }
  return { layouts, moods, subjects };
}
