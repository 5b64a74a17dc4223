import { isJsonObject } from "@safelight/shared";
import type { DamagedBlob, ScrubReport } from "../scrub.ts";

/** How far a round over the blobs has come. */
export interface ScrubRound {
  readonly startedAt: string;
  /** The last hash that was checked; blobs are taken in the order of their hashes. */
  readonly after: string;
  readonly checkedBlobs: number;
  readonly checkedBytes: number;
  readonly damagedCount: number;
  readonly damaged: readonly DamagedBlob[];
}

/** What is remembered between rounds and restarts. Nothing depends on it. */
export interface ScrubMemory {
  readonly round: ScrubRound | undefined;
  readonly last: ScrubReport | undefined;
}

const VERSION = 1;

export function newRound(startedAt: string): ScrubRound {
  return { startedAt, after: "", checkedBlobs: 0, checkedBytes: 0, damagedCount: 0, damaged: [] };
}

export function scrubMemoryText({ round, last }: ScrubMemory): string {
  return `${JSON.stringify({ version: VERSION, round, last })}\n`;
}

/** What a file of it says; nothing where it is not one of ours. */
export function parseScrubMemory(text: string): ScrubMemory {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value) && value["version"] === VERSION) {
      const { round, last } = value;
      return { round: isRound(round) ? round : undefined, last: isReport(last) ? last : undefined };
    }
  } catch {
    // It only saves time: the round begins anew.
  }
  return { round: undefined, last: undefined };
}

function isRound(value: unknown): value is ScrubRound {
  return (
    hasFields(value, ["startedAt", "after"], ["checkedBlobs", "checkedBytes", "damagedCount"]) &&
    hasLists(value, ["damaged"])
  );
}

function isReport(value: unknown): value is ScrubReport {
  const numbers = ["checkedBlobs", "checkedBytes", "missingCount", "damagedCount", "unreferencedCount"];
  return (
    hasFields(value, ["startedAt", "endedAt"], [...numbers, "unreferencedBytes"]) &&
    hasLists(value, ["missing", "damaged", "unreferenced"])
  );
}

function hasFields(value: unknown, texts: readonly string[], numbers: readonly string[]): boolean {
  if (!isJsonObject(value)) return false;
  const areTexts = texts.every((name) => typeof value[name] === "string");
  return areTexts && numbers.every((name) => Number.isSafeInteger(value[name]));
}

function hasLists(value: unknown, names: readonly string[]): boolean {
  return isJsonObject(value) && names.every((name) => Array.isArray(value[name]));
}
