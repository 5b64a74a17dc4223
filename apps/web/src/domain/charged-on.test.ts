import { describe, expect, it } from "vitest";
import { makeJob } from "../testing/make-records.ts";
import { chargedOn } from "./charged-on.ts";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const jobAt = (createdAt: string, usd?: number) =>
  makeJob({
    id: createdAt,
    createdAt,
    charge: usd === undefined ? { state: "unknown" } : { state: "reported", usd },
  });

describe("what a day cost", () => {
  it("is the charges of the local day, from its first hour to its last", () => {
    const jobs = [
      jobAt(at(22, 0), 8),
      jobAt(at(21, 23), 1),
      jobAt(at(21, 12)),
      jobAt(at(21, 0), 2),
      jobAt(at(20, 23), 4),
    ];
    expect(chargedOn(jobs, "2026-11-21")).toBe(3);
    expect(chargedOn(jobs, "2026-11-19")).toBe(0);
  });

  it("looks at no job that is older", () => {
    const older = {
      createdAt: at(20, 1),
      get charge(): never {
        throw new Error("An older job was looked at.");
      },
    };
    expect(chargedOn([jobAt(at(21, 1), 2), older], "2026-11-21")).toBe(2);
  });
});
