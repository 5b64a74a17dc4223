import { describe, expect, it } from "vitest";
import { createSessionCookies } from "./session-cookie.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("a session cookie", () => {
  const cookies = createSessionCookies("token", "safelight_1");
  const cookie = cookies.issue(0).split(";")[0];

  it.each([
    ["valid", 0],
    ["valid", 14 * DAY_MS],
    ["renew", 16 * DAY_MS],
    ["absent", 30 * DAY_MS],
  ])("is %s at %s ms of its life", (state, nowMs) => {
    expect(cookies.check(`other=1; ${cookie}`, nowMs)).toBe(state);
  });

  it("means nothing to a studio with another token or another name", () => {
    expect(createSessionCookies("other", "safelight_1").check(cookie, 0)).toBe("absent");
    expect(createSessionCookies("token", "safelight_2").check(cookie, 0)).toBe("absent");
  });
});
