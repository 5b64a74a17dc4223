import { ProviderError } from "@safelight/providers";
import { Problem } from "@safelight/shared";
import { CommitRejectedError, StoreError } from "@safelight/store";
import { Value } from "@sinclair/typebox/value";
import { describe, expect, it } from "vitest";
import { ProblemError } from "./problem-error.ts";
import { problemOfError } from "./problem-of-error.ts";

const id = "fault-1";

const rejection = new CommitRejectedError([
  { status: "applied", seq: 1, record: undefined },
  { status: "rejected", code: "record.stale", path: "/rev", message: "The record has changed." },
  { status: "rejected", code: "field.unknown", path: "/colour", message: "No such field." },
]);

describe("problemOfError", () => {
  it.each([
    [new ProblemError(409, "x.taken", "Taken."), 409, "x.taken", "Taken."],
    [rejection, 412, "record.stale", "The record has changed."],
    [new StoreError("blob.missing"), 404, "blob.missing", "These bytes are not in the studio."],
    [new ProviderError("provider.payment-required", "Pay."), 402, "provider.payment-required", "Pay."],
    [new ProviderError("submit.lost", "Lost."), 502, "submit.lost", "Lost."],
    [Object.assign(new Error("teapot"), { statusCode: 418 }), 418, "request.invalid", "teapot"],
  ])("explains %s", (error, status, code, detail) => {
    const problem = problemOfError(error, id);
    expect(problem).toMatchObject({ status, code, detail });
    expect(Value.Check(Problem, problem)).toBe(true);
  });

  it("lists every rejected step of a commit", () => {
    expect(problemOfError(rejection, id).errors).toEqual([
      { path: "/rev", message: "The record has changed." },
      { path: "/colour", message: "No such field." },
    ]);
  });

  it("says what to do about a fault of the disk, without the places that its detail names", () => {
    const problem = problemOfError(new StoreError("store.full", { detail: "ENOSPC at /srv/secret" }), id);
    expect(problem).toMatchObject({ status: 507, detail: expect.stringContaining("Free some space") });
    expect(JSON.stringify(problem)).not.toContain("secret");
  });

  it.each([
    ["ENOSPC", 507, "store.full"],
    ["EMFILE", 503, "store.busy"],
    ["EROFS", 503, "store.not-writable"],
    ["ESTALE", 503, "store.disk-fault"],
  ])("knows a fault of the system wherever it struck: %s", (code, status, expected) => {
    const fault = Object.assign(new Error(`${code}: open '/srv/secret'`), { code });
    const problem = problemOfError(fault, id);
    expect(problem).toMatchObject({ status, code: expected });
    expect(JSON.stringify(problem)).not.toContain("secret");
  });

  it.each([
    new Error("at /srv/secret"),
    Object.assign(new Error("secret"), { statusCode: 503 }),
    "secret",
    undefined,
  ])("hides %s behind the id", (error) => {
    const problem = problemOfError(error, id);
    expect(problem).toMatchObject({ status: 500, code: "server.fault", detail: expect.stringContaining(id) });
    expect(JSON.stringify(problem)).not.toContain("secret");
  });
});
