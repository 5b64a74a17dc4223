import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FetchError } from "./fetch-error.ts";
import { fetchJson } from "./fetch-json.ts";

let server: Server;
let url: string;
/** The head of an answer that never ends is on its way. */
let begun: Promise<unknown>;

beforeEach(async () => {
  let tellBegun = () => {};
  begun = new Promise<void>((resolve) => (tellBegun = resolve));
  server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/endless") {
      response.write('{"jobs": [', tellBegun);
      return;
    }
    response.statusCode = request.url === "/refused" ? 409 : 200;
    response.end(request.url === "/words" ? "words" : '{"detail": "There is no room."}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it("answers what the server does, and throws a refusal in its words", async () => {
  expect(await fetchJson(`${url}/fine`)).toEqual({ detail: "There is no room." });
  await expect(fetchJson(`${url}/refused`)).rejects.toMatchObject({
    status: 409,
    message: "There is no room.",
  });
});

it("throws nothing but a FetchError when it is stopped while the answer comes, or the answer is no JSON", async () => {
  const stop = new AbortController();
  const asked = fetchJson(`${url}/endless`, stop.signal);
  await begun;
  // The head is read by then, and the body is waited for.
  setTimeout(() => stop.abort(), 50);
  const cutOff = await asked.catch((error: unknown) => error);
  expect(cutOff).toBeInstanceOf(FetchError);
  expect(cutOff).toMatchObject({ status: 0 });
  const words = await fetchJson(`${url}/words`).catch((error: unknown) => error);
  expect(words).toBeInstanceOf(FetchError);
  expect(words).toMatchObject({ status: 502 });
});
