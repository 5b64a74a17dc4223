import { findWord } from "../core/words-of.ts";
import { blob, creature, fish, robot } from "./creatures.ts";
import type { Archetype } from "./figure.ts";
import { person } from "./people.ts";
import * as things from "./things.ts";

const WORDS: readonly (readonly [Archetype, string])[] = [
  [blob, "slime ghost spirit phantom spectre jelly ooze blob"],
  [robot, "robot android mech golem drone machine"],
  [fish, "fish shark goldfish koi whale"],
  [things.potion, "potion flask bottle elixir vial poison"],
  [things.sword, "sword blade dagger katana axe weapon"],
  [things.shield, "shield emblem crest badge"],
  [things.mushroom, "mushroom toadstool fungus"],
  [things.flower, "flower rose tulip daisy sunflower blossom"],
  [things.tree, "tree pine fir oak bush plant sakura bonsai willow"],
  [things.gem, "gem crystal diamond jewel ruby emerald sapphire"],
  [things.chest, "chest treasure crate box loot"],
  [things.house, "house home cottage cabin castle tower hut shop fortress"],
  [things.rocket, "rocket spaceship ship ufo spacecraft"],
  [things.skull, "skull skeleton bone death"],
  [things.heart, "heart love life health"],
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

/** The archetype of the last word that names one ("a knight's shield" is a shield), else a creature. */
export function chooseArchetype(words: readonly string[]): Archetype {
  return words.map((word) => findWord(ARCHETYPES, word)).findLast((found) => found !== undefined) ?? creature;
}
