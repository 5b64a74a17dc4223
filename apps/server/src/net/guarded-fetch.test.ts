import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createGuardedFetch } from "./guarded-fetch.ts";

const servers: Server[] = [];

/** A server on a loopback address; its port. */
async function serve(listener: RequestListener, host = "127.0.0.1"): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

/** Permits the one loopback address that the test's public server stands on. */
const permitting = (options: { maxBytes?: number; timeoutMs?: number } = {}) =>
  createGuardedFetch({ maxBytes: 1000, ...options, isAllowedAddress: (address) => address === "127.0.0.1" });

describe("a guarded fetch", () => {
  it("answers the bytes, over redirects and by name", async () => {
    const port = await serve((request, response) => {
      if (request.url === "/end") return response.end("bytes");
      const next = { "/": "/two", "/two": "three", "/three": "/end" }[request.url ?? ""] ?? "/";
      return response.writeHead(302, { location: next }).end();
    });
    const fetchUrl = permitting();
    expect((await fetchUrl(`http://127.0.0.1:${port}/`)).toString()).toBe("bytes");
    const byName = createGuardedFetch({ maxBytes: 1000, isAllowedAddress: () => true });
    expect((await byName(`http://localhost:${port}/end`)).toString()).toBe("bytes");
  });

  it("does not follow a redirect to another private address", async () => {
    let reached = 0;
    const secret = await serve((_request, response) => {
      reached += 1;
      response.end("secret");
    }, "127.0.0.2");
    for (const location of [
      `http://127.0.0.2:${secret}/`,
      `http://[::ffff:7f00:2]:${secret}/`,
      `http://2130706434:${secret}/`,
      "http://169.254.169.254/latest/meta-data/",
      "http://[::1]/",
    ]) {
      const port = await serve((_request, response) => response.writeHead(302, { location }).end());
      await expect(permitting()(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
        status: 422,
        code: "url.not-allowed",
      });
    }
    expect(reached).toBe(0);
  });

  it("checks the address that a name resolves to, where it connects", async () => {
    let reached = 0;
    const port = await serve((_request, response) => {
      reached += 1;
      response.end("secret");
    });
    const fetchUrl = createGuardedFetch({ maxBytes: 1000 });
    for (const host of [
      "localhost",
      "127.0.0.1",
      "0x7f000001",
      "127.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "0.0.0.0",
    ]) {
      await expect(fetchUrl(`http://${host}:${port}/`), host).rejects.toMatchObject({
        code: "url.not-allowed",
      });
    }
    expect(reached).toBe(0);
  });

  it.each([
    "file:///etc/passwd",
    "ftp://example.org/a.png",
    "gopher://example.org",
    "data:text/plain,x",
    "picture.png",
    "",
  ])("refuses %j as a URL", async (url) => {
    await expect(permitting()(url)).rejects.toMatchObject({ status: 422, code: "url.invalid" });
  });

  it("refuses a redirect to another protocol", async () => {
    const port = await serve((_request, response) =>
      response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    );
    await expect(permitting()(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "url.invalid" });
  });

  it("gives up on endless redirects, long bodies, silence and errors", async () => {
    const port = await serve((request, response) => {
      if (request.url === "/silent") return;
      if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
      else if (request.url === "/long") {
        response.write("x".repeat(800));
        response.end("x".repeat(800));
      } else response.writeHead(404).end("no");
    });
    const base = `http://127.0.0.1:${port}`;
    await expect(permitting()(`${base}/loop`)).rejects.toMatchObject({ status: 502, code: "url.failed" });
    await expect(permitting()(`${base}/long`)).rejects.toMatchObject({ status: 413, code: "url.too-large" });
    await expect(permitting({ timeoutMs: 100 })(`${base}/silent`)).rejects.toMatchObject({
      status: 504,
      code: "url.timeout",
    });
    await expect(permitting()(`${base}/none`)).rejects.toMatchObject({ status: 502, code: "url.failed" });
    await expect(permitting()("http://127.0.0.1:1/")).rejects.toMatchObject({
      status: 502,
      code: "url.failed",
    });
  });
});
