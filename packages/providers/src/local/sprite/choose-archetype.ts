import { findWord } from "../core/words-of.ts";
import { blob, creature, fish, robot } from "./creatures.ts";
import type { Archetype } from "./figure.ts";
import { person } from "./people.ts";
import * as items from "./items.ts";
import * as scenery from "./scenery.ts";

const WORDS: readonly (readonly [Archetype, string])[] = [
  [blob, "slime ghost spirit phantom spectre jelly ooze blob"],
  [robot, "robot android mech golem drone machine"],
  [fish, "fish shark goldfish koi whale"],
  [items.potion, "potion flask bottle elixir vial poison"],
  [items.sword, "sword blade dagger katana axe weapon"],
  [items.shield, "shield emblem crest badge"],
  [scenery.mushroom, "mushroom toadstool fungus"],
  [scenery.flower, "flower rose tulip daisy sunflower blossom"],
  [scenery.tree, "tree pine fir oak bush plant sakura bonsai willow"],
  [items.gem, "gem crystal diamond jewel"],
  [items.chest, "chest treasure crate box loot"],
  [scenery.house, "house home cottage cabin castle tower hut shop fortress"],
  [scenery.rocket, "rocket spaceship ship ufo spacecraft"],
  [items.skull, "skull skeleton bone death"],
  [items.heart, "heart love life health"],
  [
    person,
    "knight hero warrior wizard witch mage king queen prince princess man woman boy girl person ninja rogue thief archer " +
      "ranger elf paladin soldier guard child priest monk cleric villager merchant adventurer character portrait assassin " +
      "sorcerer necromancer pirate hunter lady lord",
  ],
  [
    creature,
    "creature monster dragon cat kitten dog fox wolf bear rabbit bunny bird owl penguin bat imp demon devil beast animal " +
      "mouse frog pet chick duck wyvern drake goblin alien",
  ],
];

const ARCHETYPES: Readonly<Record<string, Archetype>> = Object.fromEntries(
  WORDS.flatMap(([archetype, words]) => words.split(" ").map((word) => [word, archetype])),
);

/** What stands behind these is about the subject, not the subject: "a knight with a sword" is a knight. */
const ATTACHING = new Set(
  "with of in on at under over near beside by holding wearing riding from and for".split(" "),
);

/**
 * The archetype of the prompt's subject: of the last naming word before the first attachment ("a knight's shield" is a
 * shield), else of the first naming word anywhere, else a creature.
 */
export function chooseArchetype(words: readonly string[]): Archetype {
  const attachment = words.findIndex((word) => ATTACHING.has(word));
  const named = (list: readonly string[]) =>
    list.map((word) => findWord(ARCHETYPES, word)).filter((found) => found !== undefined);
  const subject = named(attachment === -1 ? words : words.slice(0, attachment)).at(-1);
  return subject ?? named(words)[0] ?? creature;
}
