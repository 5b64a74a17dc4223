import { expect, it } from "vitest";
import { FetchError } from "../../../api/fetch-error.ts";
import { parseLogPage, type PlaceNames, wordsOfLine } from "./job-log-lines.ts";

const NAMES: PlaceNames = {
  provider: (id) => (id === "local" ? "Built-in engine" : id),
  model: (id) => (id === "paint" ? "Paint" : id),
};

const wordsOf = (...lines: object[]) =>
  parseLogPage({ lines, nextOffset: 1, size: 1 }).lines.map((line) => wordsOfLine(line, NAMES).join(", "));

it("says each state of a job in words, with what is known of it", () => {
  expect(
    wordsOf(
      { at: "2026-11-21T20:40:32.000Z", kind: "state", status: "running", run: "r-1" },
      { kind: "state", status: "succeeded", seconds: 17.723 },
      { kind: "state", status: "failed", seconds: 252, message: "The run ended", reason: "out of memory" },
    ),
  ).toEqual([
    "Running, run r-1",
    "Succeeded, after 18 s",
    "Failed, after 4 min 12 s, The run ended: out of memory",
  ]);
});

it("says by its name where a job is", () => {
  const state = { kind: "state", status: "submitting" };
  expect(
    wordsOf(
      { ...state, provider: "local", model: "paint" },
      { ...state, provider: "local" },
      { ...state, provider: "elsewhere", model: "m-1", run: "r-1" },
    ),
  ).toEqual([
    "Starting, at Built-in engine · Paint",
    "Starting, at Built-in engine",
    "Starting, at elsewhere · m-1, run r-1",
  ]);
});

it("says progress, notes, and what a provider writes", () => {
  expect(
    wordsOf(
      { kind: "progress", progress: 0.5, step: "Step 12 of 24" },
      { kind: "note", message: "Sent once more" },
      { loss: 0.25, at_step: 3 },
    ),
  ).toEqual(["50 %, Step 12 of 24", "Sent once more", "loss 0.25  at_step 3"]);
});

it("refuses what is no page of a log", () => {
  expect(() => parseLogPage({ lines: "none" })).toThrow(FetchError);
});
