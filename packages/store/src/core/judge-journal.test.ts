import { describe, expect, it } from "vitest";
import { judgeJournal, type JudgedLine } from "./judge-journal.ts";

const good = (seq: number, durable: number): JudgedLine => ({ place: { seq, durable } });
const bad: JudgedLine = { place: undefined };

describe("judging a journal", () => {
  it("S56 takes damage that nothing vouches for as a tail that was being written", () => {
    expect(judgeJournal([good(1, 0), bad], 0)).toEqual({ corrupt: [], tornFrom: 1 });
  });

  it("6 torn batch: a lost page with a whole one after it is an unacknowledged tail", () => {
    expect(judgeJournal([good(1, 0), bad, good(3, 1)], 0)).toEqual({ corrupt: [], tornFrom: 1 });
  });

  it("S57 takes damage as corruption when a later line knew that it was durable", () => {
    const damage = { from: 1, to: 2, after: 1, before: 3 };
    expect(judgeJournal([good(1, 0), bad, good(3, 2)], 0)).toEqual({
      corrupt: [damage],
      tornFrom: undefined,
    });
  });

  it("S57 takes damage at the end as corruption when a document holds what came after it", () => {
    expect(judgeJournal([good(1, 0), bad], 2)).toEqual({
      corrupt: [{ from: 1, to: 2, after: 1, before: undefined }],
      tornFrom: undefined,
    });
  });

  it("S57 tells damage in the middle from a torn tail behind it", () => {
    expect(judgeJournal([bad, good(2, 1), bad, good(4, 2)], 0)).toEqual({
      corrupt: [{ from: 0, to: 1, after: 0, before: 2 }],
      tornFrom: 2,
    });
  });

  it("finds nothing wrong with nothing", () => {
    expect(judgeJournal([], 0)).toEqual({ corrupt: [], tornFrom: undefined });
  });
});
