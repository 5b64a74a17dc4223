import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { TransportError } from "../transport-error.ts";
import { createHttpTransport } from "./http-transport.ts";
import { systemClock } from "./system-clock.ts";

let server: Server | undefined;
const never = new AbortController().signal;
const ignore = () => undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

async function serve(listener: RequestListener, deviceName?: () => string) {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, "127.0.0.1", resolve);
  });
  const { port } = started.address() as AddressInfo;
  return createHttpTransport({
    baseUrl: `http://127.0.0.1:${port}`,
    clock: systemClock,
    ...(deviceName === undefined ? {} : { deviceName }),
  });
}

async function failureOf(promise: Promise<unknown>): Promise<TransportError> {
  try {
    await promise;
  } catch (error) {
    return error as TransportError;
  }
  throw new Error("It did not fail.");
}

const push = {
  clientId: "client-1",
  schema: 1,
  mutations: [{ n: 1, collection: "styles", id: "a", op: "delete" as const }],
};

test.each([
  [400, "request.invalid", "refused"],
  [413, "request.too-large", "refused"],
  [401, "auth.needed", "signed-out"],
  [403, "host.forbidden", "signed-out"],
  [410, "sync.snapshot-needed", "snapshot-needed"],
  [409, "sync.schema-older", "outdated"],
  [503, "store.read-only", "read-only"],
  [500, "internal", "server"],
])("Y34: a problem with status %i and code %s means %s", async (status, code, kind) => {
  const transport = await serve((_request, response) => {
    response.writeHead(status, { "content-type": "application/problem+json" });
    response.end(JSON.stringify({ type: "about:blank", title: "", status, detail: "why", code }));
  });
  expect(await failureOf(transport.push(push, never))).toMatchObject({ kind, code, message: "why" });
});

test("Y34: a 4xx page that is not the studio's is no verdict on what was sent", async () => {
  const transport = await serve((_request, response) => {
    response.writeHead(400, { "content-type": "text/html" });
    response.end("<h1>Proxy</h1>");
  });
  expect((await failureOf(transport.push(push, never))).kind).toBe("server");
});

test("Y34: a success that is not JSON, as of a captive portal, is no answer", async () => {
  const transport = await serve((_request, response) => response.end("<h1>Welcome to the hotel</h1>"));
  expect(await failureOf(transport.push(push, never))).toMatchObject({
    kind: "server",
    code: "sync.bad-answer",
  });
});

test("a server that is not there is offline", async () => {
  const transport = createHttpTransport({ baseUrl: "http://127.0.0.1:9", clock: systemClock });
  expect((await failureOf(transport.push(push, never))).kind).toBe("offline");
});

test("Retry-After is passed on in milliseconds", async () => {
  const transport = await serve((_request, response) => {
    response.writeHead(429, { "retry-after": "7" });
    response.end();
  });
  expect(await failureOf(transport.push(push, never))).toMatchObject({ kind: "server", retryAfterMs: 7000 });
});

test("Y52: a snapshot that is cut in the middle of a line ends without its end", async () => {
  const transport = await serve((_request, response) => {
    response.write('{"type":"head","cursor":"e:2","total":2}\n');
    response.write(
      `{"type":"record","seq":2,"collection":"styles","record":{"id":"b","rev":1}}\n{"type":"rec`,
    );
    setTimeout(() => response.end(), 10);
  });
  const lines = [];
  for await (const line of transport.snapshot(undefined, never)) lines.push(line.type);
  expect(lines).toEqual(["head", "record"]);
});

test("events arrive as they are sent, split over packets, past comments and unknown ones", async () => {
  const transport = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(': hi\n\nevent: hello\ndata: {"cursor":"e:1","schema":1,"read');
    setTimeout(() => {
      response.write('Only":false}\n\nevent: later\ndata: {}\n\n');
      response.end('id: e:2\r\nevent: changes\r\ndata: {"cursor":"e:2","changes":[]}\r\n\r\n');
    }, 10);
  });
  const events = [];
  for await (const event of transport.events("e:1", never)) events.push(event);
  expect(events).toEqual([
    { type: "hello", data: { cursor: "e:1", schema: 1, readOnly: false } },
    { type: "changes", data: { cursor: "e:2", changes: [] } },
  ]);
});

test("an abort ends a stream", async () => {
  const transport = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('event: hello\ndata: {"cursor":"e:1","schema":1,"readOnly":false}\n\n');
  });
  const controller = new AbortController();
  const reading = (async () => {
    for await (const _ of transport.events("e:1", controller.signal)) controller.abort();
  })();
  expect((await failureOf(reading)).kind).toBe("offline");
});

test("Y39: a push says what the device is called now, in letters of any script, and in no more than fit", async () => {
  const heard: unknown[] = [];
  let name = "Mina’s laptop";
  const transport = await serve(
    (request, response) => {
      heard.push(request.headers["safelight-device"]);
      response.end(JSON.stringify({ cursor: "e:1", results: [] }));
    },
    () => name,
  );
  await transport.push(push, never);
  name = " ";
  await transport.push(push, never);
  // Cut in the middle of a pair, which no header can say.
  name = `${"x".repeat(39)}😀`;
  await transport.push(push, never);
  expect(heard).toEqual(["Mina%E2%80%99s%20laptop", undefined, `${"x".repeat(39)}%EF%BF%BD`]);
});

test("Y72: large bytes are sent only when the server lacks them", async () => {
  const asked: string[] = [];
  const transport = await serve((request, response) => {
    asked.push(request.method ?? "");
    request.resume();
    request.on("end", () => {
      response.writeHead(request.method === "HEAD" && asked.length === 1 ? 404 : 200);
      response.end();
    });
  });
  const bytes = new Blob([new Uint8Array(300 * 1024)]);
  await transport.putBlob("ab", bytes, never, ignore);
  await transport.putBlob("ab", bytes, never, ignore);
  await transport.putBlob("cd", new Blob(["small"]), never, ignore);
  expect(asked).toEqual(["HEAD", "PUT", "HEAD", "PUT"]);
});
