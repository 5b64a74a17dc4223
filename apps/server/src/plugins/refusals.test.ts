import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";
import { type Attempt, outcomeOf, refusalOf } from "../../testing/refused-attempt.ts";

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
    what: "a nest without end",
    path: "/api/drafts",
    body: `{"scope":"a","state":{"a":${"[".repeat(9000)}${"]".repeat(9000)}}}`,
    status: 400,
    code: "field.forbidden",
  },
  {
    what: "a nest without end around a forbidden key",
    body: `{"name":${"[".repeat(9000)}{"constructor":1}${"]".repeat(9000)}}`,
    status: 400,
    code: "body.too-deep",
  },
  {
    what: "a query that the address does not take",
    path: "/api/trash/empty?dryRun=true",
    headers: {},
    status: 400,
    code: "request.invalid",
    at: "?dryRun",
  },
  {
    what: "a body where none is taken",
    path: "/api/trash/empty",
    body: '{"dryRun":true}',
    status: 400,
    code: "request.invalid",
    at: "/dryRun",
  },
  {
    what: "a body that is no object where none is taken",
    path: "/api/storage-report/unreferenced/remove",
    body: '"all"',
    status: 400,
    code: "request.invalid",
    at: "",
  },
  {
    what: "a deletion with a query",
    method: "DELETE",
    path: "/api/styles/style-1?purge=true",
    headers: {},
    status: 400,
    code: "request.invalid",
    at: "?purge",
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

describe("a request that cannot be right", () => {
  it.each(ATTEMPTS)("$what is refused with $status $code and changes nothing", async (attempt) => {
    expect(await outcomeOf(studio, attempt)).toEqual(refusalOf(attempt));
  });

  it("hears of every fault at once", async () => {
    const { body } = await studio.request.post("/api/styles").send({ nme: "a", triggerWord: 1 }).expect(400);
    expect(body.errors).toEqual([
      { path: "/name", message: "is missing" },
      { path: "/nme", message: "is not known here" },
      { path: "/triggerWord", message: "must be string" },
    ]);
  });

  it("hears what may stand where there is a choice", async () => {
    const sha256 = "0".repeat(64);
    const { body } = await studio.request.get(`/api/thumbnails/${sha256}/300`).expect(400);
    expect(body.errors).toEqual([{ path: ":width", message: "must be 256, 512 or 1024" }]);
    const sorted = await studio.request.get("/api/jobs?status=done").expect(400);
    const nothing = await studio.request.patch("/api/styles/style-1").send({}).expect(400);
    expect(nothing.body.detail).toBe("The body must not be empty.");
    expect(sorted.body.detail).toMatch(/^\?status must be "queued", .* or "[a-z]+"\.$/);
  });

  it("hears which methods an address takes", async () => {
    const { headers } = await studio.request.put("/api/styles/style-1").send({}).expect(405);
    expect(headers["allow"]).toBe("DELETE, GET, HEAD, PATCH");
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
