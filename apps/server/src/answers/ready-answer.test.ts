import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { fastify } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";
import { makePicture } from "../../testing/pictures.ts";
import { createSessionCookies } from "../auth/session-cookie.ts";
import { DATA_HEADERS } from "../plugins/security-headers.ts";
import { answerQueuePlugin } from "./answer-queue-plugin.ts";
import { sendReady } from "./ready-answer.ts";

const token = "a-token-of-some-length";
const port = 8787;
const twentyDaysMs = 20 * 24 * 60 * 60 * 1000;

let studio: TestApp;
/** Of a login that should be renewed. */
let cookie: string;
let style: string;
let sha256: string;

beforeAll(async () => {
  studio = await createTestApp({ config: { token, port } });
  const cookies = createSessionCookies(token, `safelight_${port}`);
  cookie = cookies.issue(Date.now() - twentyDaysMs).split(";")[0] ?? "";
  style = `/api/styles/${(await create("Noir")).body.id}`;
  const picture = await makePicture({ format: "png", width: 20, height: 10 });
  sha256 = createHash("sha256").update(picture).digest("hex");
  await studio.request.put(`/api/blobs/${sha256}`).set({ cookie }).send(picture).expect(200);
});

afterAll(async () => {
  await studio.close();
});

const create = (name: string) =>
  studio.request.post("/api/styles").set({ cookie }).send({ name }).expect(201);
const get = (url: string) => studio.request.get(url).set({ cookie });

/** Answers that are sent past the framework, by what they carry. */
const answers = {
  "a created record": () => create("Dusk"),
  "a record": () => get(style),
  "a record that the caller has": () => get(style).set("if-none-match", '"1"').expect(304),
  "a list": () => get("/api/styles"),
  "a thumbnail": () => get(`/api/thumbnails/${sha256}/256`),
  "a thumbnail that the caller has": () =>
    get(`/api/thumbnails/${sha256}/256`).set("if-none-match", `"${sha256}-256"`).expect(304),
  "a blob": () => get(`/api/blobs/${sha256}`),
  "a part of a blob": () => get(`/api/blobs/${sha256}`).set("range", "bytes=2-5").expect(206),
};

describe.each(Object.entries(answers))("%s", (name, ask) => {
  it("comes with the headers of all data and renews the login", async () => {
    // Twice: what was made for the first is at hand for the second.
    for (const answer of [await ask(), await ask()]) {
      const own = /thumbnail|blob/.test(name) ? { "content-security-policy": "sandbox" } : {};
      expect(answer.headers).toMatchObject({ ...DATA_HEADERS, ...own });
      expect(String(answer.headers["set-cookie"])).toMatch(
        /^safelight_8787=\d+\.[\w-]{43}; Path=\/; Max-Age=/,
      );
      const length = answer.status === 304 ? undefined : expect.stringMatching(/^[1-9]\d*$/);
      expect(answer.headers["content-length"]).toEqual(length);
    }
  });
});

it("answers a HEAD with the headers of the GET alone", async () => {
  for (const url of [style, "/api/styles", `/api/thumbnails/${sha256}/256`, `/api/blobs/${sha256}`]) {
    const whole = await get(url).expect(200);
    const head = await studio.request.head(url).set({ cookie }).expect(200);
    expect(head.text ?? "").toBe("");
    const { date: _whole, "set-cookie": _cookie, ...headers } = whole.headers;
    expect(head.headers).toMatchObject(headers);
  }
});

it("answers others when a caller has left before its answer is written", async () => {
  const long = "read".repeat(10_000);
  const app = fastify();
  await app.register(answerQueuePlugin);
  app.get("/leaves", (request, reply) => {
    sendReady(reply, 200, [], long);
    request.raw.destroy();
  });
  app.get("/stays", (_request, reply) => sendReady(reply, 200, [], long));
  const url = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  const leaver = connect(Number(url.port), url.hostname);
  leaver.on("error", () => {});
  leaver.write("GET /leaves HTTP/1.1\r\nhost: studio\r\n\r\n".repeat(2));
  leaver.resume();
  await once(leaver, "close");
  expect(await (await fetch(new URL("/stays", url))).text()).toBe(long);
  await app.close();
});

it("answers 500 when a head cannot be written", async () => {
  const app = fastify();
  app.get("/", (_request, reply) => sendReady(reply, 200, ["x-name", "two\nlines"], "text"));
  expect((await app.inject("/")).statusCode).toBe(500);
  await app.close();
});
