import { expect, it } from "vitest";
import { parseStudioFacts } from "./studio-settings.ts";

const ANSWER = {
  runDeadlines: [
    { kind: "image", hours: 0.5 },
    { kind: "training", hours: 48 },
  ],
  trashDays: 0,
  historyDays: 90,
  historyMaxBytes: 2_000_000_000,
  maxUploadBytes: 100_000_000,
  maxPixels: 50_000_000,
};

it("says in words what the studio was started with", () => {
  const valueOf = (title: string, answer: object = ANSWER) =>
    parseStudioFacts(answer).find((fact) => fact.title === title)?.value;
  expect(valueOf("A run is told to stop after")).toBe("image 30 min, training 48 h");
  expect(valueOf("The trash is kept for")).toBe("ever");
  expect(valueOf("Older versions are kept for")).toBe("90 days, up to 2.0 GB");
  expect(valueOf("Largest picture")).toBe("50 megapixels");
  expect(valueOf("Providers reach it at")).toBe("no address: it asks them");
  const publicUrl = "https://studio.example";
  expect(valueOf("Providers reach it at", { ...ANSWER, publicUrl })).toBe(publicUrl);
});

it("refuses an answer of something else", () => {
  expect(() => parseStudioFacts({ ok: true })).toThrow("cannot be read");
});
