import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";

interface Attempt {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  readonly code: string;
  /** Place of the first error. */
  readonly at?: string;
}

const json = { "content-type": "application/json" };

const ATTEMPTS: readonly Attempt[] = [
  {
    what: "an unknown field",
    body: '{"name":"a","colour":"red"}',
    status: 400,
    code: "request.invalid",
    at: "/colour",
  },
  { what: "a wrong type", body: '{"name":7}', status: 400, code: "request.invalid", at: "/name" },
  {
    what: "a number where text is due, as text elsewhere",
    body: '{"name":["a"]}',
    status: 400,
    code: "request.invalid",
  },
  { what: "a missing field", body: "{}", status: 400, code: "request.invalid", at: "/name" },
  {
    what: "a field that the store sets",
    body: '{"name":"a","rev":9}',
    status: 400,
    code: "request.invalid",
    at: "/rev",
  },
  { what: "a body that is no object", body: '"name"', status: 400, code: "request.invalid" },
  { what: "no body", body: "", status: 400, code: "request.invalid" },
  { what: "invalid JSON", body: '{"name":', status: 400, code: "body.invalid-json" },
  {
    what: "an id that leaves its folder",
    body: '{"id":"../../etc","name":"a"}',
    status: 400,
    code: "request.invalid",
    at: "/id",
  },
  {
    what: "a __proto__ key",
    body: '{"name":"a","__proto__":{"x":1}}',
    status: 400,
    code: "body.forbidden-key",
    at: "/__proto__",
  },
  {
    what: "an escaped __proto__ key",
    body: '{"name":"a","\\u005f_proto__":1}',
    status: 400,
    code: "body.forbidden-key",
  },
  {
    what: "a deep constructor key",
    body: '{"name":{"constructor":{"prototype":{}}}}',
    status: 400,
    code: "body.forbidden-key",
    at: "/name/constructor",
  },
  {
    what: "a body over the limit",
    body: `{"name":"${"x".repeat(70_000)}"}`,
    status: 413,
    code: "body.too-large",
  },
  {
    what: "a body of another type",
    headers: { "content-type": "text/plain" },
    body: '{"name":"a"}',
    status: 415,
    code: "body.media-type",
  },
  {
    what: "a form",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "name=a",
    status: 415,
    code: "body.media-type",
  },
  {
    what: "a foreign Host",
    headers: { ...json, host: "evil.example" },
    body: '{"name":"a"}',
    status: 403,
    code: "host.not-allowed",
  },
  {
    what: "a foreign Host that begins like ours",
    headers: { ...json, host: "127.0.0.1.evil.example" },
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
    headers: { ...json, origin: "https://evil.example" },
    body: '{"name":"a"}',
    status: 403,
    code: "origin.not-allowed",
  },
  {
    what: "Origin null",
    headers: { ...json, origin: "null" },
    body: '{"name":"a"}',
    status: 403,
    code: "origin.not-allowed",
  },
  {
    what: "a cross-site write",
    headers: { ...json, "sec-fetch-site": "cross-site" },
    body: '{"name":"a"}',
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
  {
    what: "a path that climbs",
    method: "GET",
    path: "/api/styles/..%2f..%2fetc%2fpasswd",
    status: 400,
    code: "request.invalid",
    at: ":id",
  },
  {
    what: "a path of dots",
    method: "GET",
    path: "/api/styles/%2e%2e",
    status: 400,
    code: "request.invalid",
    at: ":id",
  },
  { what: "a path that is no URL", method: "GET", path: "/api/styles/%zz", status: 400, code: "url.invalid" },
  {
    what: "a path that is too long",
    method: "GET",
    path: `/api/styles/${"a".repeat(300)}`,
    status: 414,
    code: "url.too-long",
  },
  { what: "an unknown address", method: "GET", path: "/api/nothing", status: 404, code: "route.unknown" },
  { what: "an unknown collection", path: "/api/secrets", body: "{}", status: 404, code: "route.unknown" },
  {
    what: "a method that the address does not take",
    method: "PUT",
    path: "/api/styles/style-1",
    body: "{}",
    status: 405,
    code: "route.method",
  },
];

let studio: TestApp;

beforeAll(async () => {
  studio = await createTestApp({ config: { maxBodyBytes: 64 * 1024 } });
});

afterAll(async () => {
  await studio.close();
});

/** `fetch` sets `Host` and the path by itself; this sends both as they are. */
function send({ method = "POST", path = "/api/styles", headers = json, body }: Attempt) {
  return new Promise<{ status: number; type: string; body: Record<string, unknown> }>((resolve, reject) => {
    const outgoing = httpRequest(studio.url, { method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        const type = response.headers["content-type"] ?? "";
        resolve({
          status: response.statusCode ?? 0,
          type,
          body: JSON.parse(text) as Record<string, unknown>,
        });
      });
    });
    outgoing.on("error", reject).end(body);
  });
}

describe("a request that cannot be right", () => {
  it.each(ATTEMPTS)("$what is refused with $status $code and changes nothing", async (attempt) => {
    const before = studio.store.cursor();
    const { status, type, body } = await send(attempt);
    expect({ status, code: body["code"] }).toEqual({ status: attempt.status, code: attempt.code });
    expect(type).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      status,
      type: `urn:safelight:problem:${attempt.code}`,
      title: expect.any(String),
    });
    if (attempt.at !== undefined)
      expect(body["errors"]).toContainEqual(expect.objectContaining({ path: attempt.at }));
    expect(studio.store.cursor()).toEqual(before);
  });

  it("hears of every fault at once", async () => {
    const { body } = await studio.request.post("/api/styles").send({ nme: "a", triggerWord: 1 }).expect(400);
    expect(body.errors).toEqual([
      { path: "/name", message: "is missing" },
      { path: "/nme", message: "is not known here" },
      { path: "/triggerWord", message: "must be string" },
    ]);
  });

  it("hears which methods an address takes", async () => {
    const { headers } = await studio.request.put("/api/styles/style-1").send({}).expect(405);
    expect(headers["allow"]).toBe("DELETE, GET, HEAD, PATCH");
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

describe("a fault of the server", () => {
  it("is hidden behind an id", async () => {
    const broken = {
      ...studio.store,
      health: () => {
        throw new Error("/srv/secret/path");
      },
    };
    const app = await createTestApp({ store: broken });
    const { body } = await app.request.get("/health").expect(500);
    expect(body).toMatchObject({
      code: "server.fault",
      detail: expect.stringMatching(/under [0-9a-f-]{36}\.$/),
    });
    expect(JSON.stringify(body)).not.toContain("secret");
    await app.close();
  });
});
