import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";
import { type Attempt, jsonHeaders, outcomeOf, refusalOf } from "../../testing/refused-attempt.ts";

const FOREIGN: readonly Attempt[] = [
  {
    what: "a foreign Host",
    headers: { ...jsonHeaders, host: "evil.example" },
    body: '{"name":"a"}',
    status: 403,
    code: "host.not-allowed",
  },
  {
    what: "a foreign Host that begins like ours",
    headers: { ...jsonHeaders, host: "127.0.0.1.evil.example" },
    body: '{"name":"a"}',
    status: 403,
    code: "host.not-allowed",
  },
  {
    what: "a foreign Host on the event stream",
    method: "GET",
    path: "/api/sync/events",
    headers: { host: "evil.example" },
    status: 403,
    code: "host.not-allowed",
  },
  {
    what: "a foreign Host on an unknown address",
    method: "GET",
    path: "/nowhere",
    headers: { host: "evil.example" },
    status: 403,
    code: "host.not-allowed",
  },
  {
    what: "a foreign Origin",
    headers: { ...jsonHeaders, origin: "https://evil.example" },
    body: '{"name":"a"}',
    status: 403,
    code: "origin.not-allowed",
  },
  {
    what: "Origin null",
    headers: { ...jsonHeaders, origin: "null" },
    body: '{"name":"a"}',
    status: 403,
    code: "origin.not-allowed",
  },
  {
    what: "a cross-site write",
    headers: { ...jsonHeaders, "sec-fetch-site": "cross-site" },
    body: '{"name":"a"}',
    status: 403,
    code: "origin.cross-site",
  },
  {
    what: "a write without a body by another server of this machine",
    path: "/api/trash/empty",
    headers: { origin: "http://localhost:3000", "sec-fetch-site": "same-site" },
    status: 403,
    code: "origin.cross-site",
  },
  {
    what: "a cross-site read",
    method: "GET",
    headers: { "sec-fetch-site": "cross-site" },
    status: 403,
    code: "origin.cross-site",
  },
];

let studio: TestApp;

beforeAll(async () => {
  studio = await createTestApp();
});

afterAll(async () => {
  await studio.close();
});

describe("a request of another site", () => {
  it.each(FOREIGN)("by $what is refused with $status $code and changes nothing", async (attempt) => {
    expect(await outcomeOf(studio, attempt)).toEqual(refusalOf(attempt));
  });
});

describe("a request of our own pages", () => {
  it.each(["http://localhost:5173", "http://127.0.0.1:8787", "http://[::1]:8787"])(
    "passes from %s",
    async (origin) => {
      const { status } = await studio.request.post("/api/styles").set("origin", origin).send({ name: "a" });
      expect(status).toBe(201);
    },
  );

  it("carries the security headers in its answer, refused or not", async () => {
    const paths = [
      "/health",
      "/api/nothing",
      "/api/styles?limit=x",
      "/api/styles/style-1",
      "/api/sync/snapshot",
    ];
    const asked = paths.map((path) => studio.request.get(path));
    const foreign = studio.request.get("/api/styles").set("host", "elsewhere.example");
    for (const { headers } of await Promise.all([...asked, foreign])) {
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});
