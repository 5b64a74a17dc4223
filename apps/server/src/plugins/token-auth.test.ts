import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";

const token = "a-token-of-some-length";

let studio: TestApp;

beforeEach(async () => {
  studio = await createTestApp({ config: { token, port: 8787 } });
});

afterEach(async () => {
  await studio.close();
});

const read = (path = "/api/styles") => studio.request.get(path);
const loginPath = () => studio.app.loginPath ?? "";

function cookieOf(headers: Record<string, unknown>): string {
  return String(headers["set-cookie"]).split(";")[0] ?? "";
}

describe("with a token set", () => {
  it.each(["/api/styles", "/api/sync/events", "/health", "/docs/json", "/api/nothing"])(
    "%s asks for it",
    async (path) => {
      const { body, headers } = await read(path).expect(401);
      expect(body).toMatchObject({ code: "auth.needed", status: 401 });
      expect(headers["www-authenticate"]).toBe("Bearer");
    },
  );

  it("leads whoever opens a page to the sign-in, and leaves the app's files free", async () => {
    const page = await read("/gallery/gal-1").set("accept", "text/html,*/*").expect(303);
    expect(page.headers["location"]).toBe("/login");
    expect((await read("/sw.js").set("accept", "*/*")).status).toBe(404);
  });

  it("takes it as a bearer token", async () => {
    expect((await read().set("authorization", `Bearer ${token}`)).status).toBe(200);
    expect((await read().set("authorization", "Bearer wrong")).status).toBe(401);
    expect((await read().set("authorization", `Basic ${token}`)).status).toBe(401);
  });

  it("signs a browser in by a link that works once", async () => {
    const first = await read(loginPath()).expect(303);
    expect(first.headers["location"]).toBe("/");
    expect(String(first.headers["set-cookie"])).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect((await read().set("cookie", cookieOf(first.headers))).status).toBe(200);
    const second = await read(loginPath()).expect(401);
    expect(second.headers["set-cookie"]).toBeUndefined();
  });

  it("signs a browser in by a form without scripts", async () => {
    const page = await read("/login").expect(200);
    expect(page.text).toContain('<form method="post" action="/login">');
    const wrong = await studio.request.post("/login").type("form").send({ token: "wrong" }).expect(401);
    expect(wrong.headers["set-cookie"]).toBeUndefined();
    const right = await studio.request.post("/login").type("form").send({ token }).expect(303);
    expect((await read().set("cookie", cookieOf(right.headers))).status).toBe(200);
  });

  it("refuses a cookie that it did not write", async () => {
    const { headers } = await read(loginPath());
    const [name, value = ""] = cookieOf(headers).split("=");
    const [expiresAtMs = "", proof = ""] = value.split(".");
    for (const forged of [`${Number(expiresAtMs) + 1}.${proof}`, `${expiresAtMs}.`, expiresAtMs, "x.y"]) {
      expect((await read().set("cookie", `${name}=${forged}`)).status).toBe(401);
    }
  });

  it("slows guessing down, by bearer token and by form alike", async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await read().set("authorization", `Bearer guess-${attempt}`)).status).toBe(401);
    }
    const { body, headers } = await read().set("authorization", `Bearer ${token}`).expect(429);
    expect(headers["retry-after"]).toBe("60");
    expect(body.code).toBe("auth.throttled");
    await studio.request.post("/login").type("form").send({ token }).expect(429);
  });
});
