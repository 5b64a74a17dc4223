import { expect, it } from "vitest";
import { playByKey, type Player } from "./play-by-key.ts";

function player(): Player & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    paused: true,
    duration: 2.5,
    currentTime: 0.4,
    muted: true,
    play: async () => void calls.push("play"),
    pause: () => void calls.push("pause"),
  };
}

it("plays, pauses, turns the sound on, and moves within the clip", () => {
  const still = player();
  expect(playByKey(still, { key: " ", shiftKey: false })).toBe(true);
  expect(still.calls).toEqual(["play"]);
  const playing = Object.assign(player(), { paused: false });
  playByKey(playing, { key: " ", shiftKey: false });
  expect(playing.calls).toEqual(["pause"]);
  playByKey(still, { key: "m", shiftKey: false });
  expect(still.muted).toBe(false);
  playByKey(still, { key: "ArrowLeft", shiftKey: true });
  expect(still.currentTime).toBe(0);
  for (let count = 0; count < 4; count += 1) playByKey(still, { key: "ArrowRight", shiftKey: true });
  expect(still.currentTime).toBe(2.5);
});

it("leaves other keys alone", () => {
  expect(playByKey(player(), { key: "ArrowRight", shiftKey: false })).toBe(false);
  expect(playByKey(player(), { key: "s", shiftKey: false })).toBe(false);
});
