import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { Type } from "@sinclair/typebox";
import { afterEach, expect, it } from "vitest";
import { createProviderApi, type ProviderApi } from "./provider-api.ts";

const Run = Type.Object({ id: Type.String() });
const KEY = "secret-key-1234567890";
const signal = new AbortController().signal;
const servers: { close(): unknown }[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function serve(listener: RequestListener): Promise<{ url: string; calls: () => number }> {
  let calls = 0;
  const server: Server = createServer((request, response) => {
    calls += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push({ close: () => (server.closeAllConnections(), server.close()) });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
}

const api: ProviderApi = createProviderApi({
  name: "Acme",
  fetch: (url, init) => fetch(url, { ...init, redirect: "manual" }),
  authorize: () => ({ authorization: `Key ${KEY}` }),
  secrets: () => [KEY],
});

it("sends JSON with the key and reads the run that was taken", async () => {
  const { url } = await serve((request, response) => {
    response.end(
      JSON.stringify({
        id: `${request.method} ${request.headers.authorization} ${request.headers["content-type"]}`,
      }),
    );
  });
  const answer = await api.submit(Run, { url, signal, json: { prompt: "sea" } });
  expect(answer.body.id).toBe(`POST Key ${KEY} application/json`);
});

it("knows that nothing left when a port is closed or a name unknown", async () => {
  const { url } = await serve((_request, response) => response.end("{}"));
  servers.splice(0).forEach((server) => server.close());
  await expect(api.submit(Run, { url, signal })).rejects.toMatchObject({ code: "provider.unavailable" });
  await expect(api.submit(Run, { url: "http://nowhere.invalid/", signal })).rejects.toMatchObject({
    code: "provider.unavailable",
  });
});

it("knows that nothing left when the certificate is refused", async () => {
  const refused = Object.assign(new Error("self-signed certificate"), {
    code: "DEPTH_ZERO_SELF_SIGNED_CERT",
  });
  const tls = createProviderApi({
    name: "Acme",
    fetch: () => Promise.reject(new TypeError("fetch failed", { cause: refused })),
    authorize: () => ({}),
    secrets: () => [],
  });
  await expect(tls.submit(Run, { url: "https://acme.test", signal })).rejects.toMatchObject({
    code: "provider.unavailable",
  });
});

it("cannot know it when the peer hangs up without a word", async () => {
  const server = createTcpServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(api.submit(Run, { url, signal })).rejects.toMatchObject({ code: "submit.lost" });
});

it.for([
  ["", "empty"],
  ["{}", "without an id"],
  ['{"id":7}', "with an id of another kind"],
  ["<html>", "no JSON"],
  ['{"id":"r1"', "half"],
])("calls a submit lost whose answer is %j", async ([body]) => {
  const { url, calls } = await serve((_request, response) => response.end(body));
  await expect(api.submit(Run, { url, signal })).rejects.toMatchObject({ code: "submit.lost" });
  expect(calls()).toBe(1);
});

it("calls a submit lost whose answer has no end", async () => {
  const { url } = await serve((_request, response) => {
    response.write(`{"id":"${"x".repeat(70_000)}`);
  });
  await expect(api.submit(Run, { url, signal, maxBytes: 65_536 })).rejects.toMatchObject({
    code: "submit.lost",
  });
});

it("never sends a submit again, and follows no redirect", async () => {
  const other = await serve((_request, response) => response.end('{"id":"r1"}'));
  const { url, calls } = await serve((_request, response) =>
    response.writeHead(307, { location: other.url }).end(),
  );
  await expect(api.submit(Run, { url, signal })).rejects.toMatchObject({ code: "provider.answer-invalid" });
  expect([calls(), other.calls()]).toEqual([1, 0]);
});

it("believes a status to be a refusal only where the provider says so", async () => {
  const { url } = await serve((_request, response) => response.writeHead(503).end());
  await expect(api.submit(Run, { url, signal })).rejects.toMatchObject({ code: "submit.lost" });
  await expect(api.submit(Run, { url, signal, refusedStatuses: [503] })).rejects.toMatchObject({
    code: "provider.unavailable",
  });
});

it("hands on the provider's words without the key that they quote", async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(422).end(
      JSON.stringify({
        detail: [{ loc: ["body", "prompt"], msg: `too rude for ${KEY}`, type: "value_error" }],
      }),
    );
  });
  const failure = api.submit(Run, { url, signal });
  await expect(failure).rejects.toMatchObject({
    code: "request.invalid",
    message: "Acme refused the request (422). It says: body.prompt: too rude for [key].",
  });
});

it("reads again what failed to come through, and not what was refused", async () => {
  const outcomes = [503, "{", 200];
  const { url, calls } = await serve((_request, response) => {
    const outcome = outcomes.shift();
    if (outcome === 503) response.writeHead(503).end();
    else response.end(outcome === 200 ? '{"id":"r1"}' : outcome);
  });
  expect((await api.read(Run, { url, signal })).body).toEqual({ id: "r1" });
  expect(calls()).toBe(3);
  const missing = await serve((_request, response) => response.writeHead(404).end());
  await expect(api.read(Run, { url: missing.url, signal, missing: "run.missing" })).rejects.toMatchObject({
    code: "run.missing",
  });
  expect(missing.calls()).toBe(1);
});

it("gives a read up at its time limit, and at once when its caller does", async () => {
  const { url, calls } = await serve(() => undefined);
  await expect(api.read(Run, { url, signal, timeoutMs: 30, attempts: 2 })).rejects.toMatchObject({
    code: "provider.unavailable",
  });
  expect(calls()).toBe(2);
  await expect(api.read(Run, { url, signal: AbortSignal.timeout(30) })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  expect(calls()).toBe(3);
});
