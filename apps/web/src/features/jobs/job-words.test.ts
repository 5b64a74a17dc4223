import { describe, expect, it } from "vitest";
import { curlOf } from "./detail/curl-of.ts";
import { chargeWords, paramRows, tookWords } from "./job-words.ts";
import { makeJob } from "../../testing/make-records.ts";

describe("a job in words", () => {
  it("says what it cost", () => {
    expect(chargeWords({ status: "succeeded", charge: { state: "none" } })).toBe("free");
    expect(chargeWords({ status: "running", charge: { state: "none" } })).toBe("");
    expect(chargeWords({ status: "succeeded", charge: { state: "reported", usd: 0.035 } })).toBe("$0.035");
    expect(chargeWords({ status: "running", charge: { state: "estimated", usd: 2 } })).toBe("about $2.00");
    expect(chargeWords({ status: "unknown", charge: { state: "unknown" } })).toBe("?");
  });

  it("says how long it took, or has been at it", () => {
    expect(tookWords({ status: "succeeded", duration: 3.14 }, 0)).toBe("3.1 s");
    expect(tookWords({ status: "succeeded", duration: 252 }, 0)).toBe("4:12");
    expect(tookWords({ status: "running", startTime: 1000 }, 10_000)).toBe("0:09");
    expect(tookWords({ status: "queued" }, 10_000)).toBe("");
    expect(tookWords({ status: "failed" }, 0)).toBe("—");
  });

  it("lists known parameters first and the others in words", () => {
    const params = {
      count: 2,
      height: 512,
      sampler: "euler",
      width: 768,
      loras: [{ id: "a" }],
      seed: null,
      view: null,
    };
    expect(paramRows({ params })).toEqual([
      ["Size", "768 × 512"],
      ["Pictures", "2"],
      ["Sampler", "euler"],
      ["LoRAs", '[{"id":"a"}]'],
    ]);
  });

  it("becomes a command in which a quote in the prompt stays a quote", () => {
    const command = curlOf(makeJob({ id: "job-1", prompt: "a fox's den", model: "paint" }), "http://studio");
    expect(command).toContain("curl -X POST http://studio/api/jobs");
    expect(command).toContain(String.raw`"prompt":"a fox'\''s den"`);
  });
});
