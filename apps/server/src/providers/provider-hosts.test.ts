import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Provider, ProviderHost } from "@safelight/providers";
import { createMemoryStore, createNodeFs } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScriptedProvider } from "../../testing/scripted-provider.ts";
import { makeTempDir } from "../../testing/temp-dir.ts";
import { createProviderHosts } from "./provider-hosts.ts";
import { openStudioSecrets, type StudioSecrets } from "./studio-secrets.ts";

const servers: Server[] = [];
const signal = new AbortController().signal;
let folder: ReturnType<typeof makeTempDir>;
let secrets: StudioSecrets;

/** A server on a loopback address; its origin. */
async function serve(listener: RequestListener, host = "127.0.0.1"): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://${host}:${address.port}`;
}

beforeEach(async () => {
  folder = makeTempDir();
  secrets = await openStudioSecrets(createNodeFs(folder.path));
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
  folder.remove();
});

/** A host for a provider whose address is `baseUrl`. */
function hostAt(env: Readonly<Record<string, string>>): ProviderHost {
  const fs = createNodeFs(folder.path);
  const hosts = createProviderHosts({ store: createMemoryStore(), fs, secrets, env });
  const setting = { label: "", description: "", isSecret: false, isRequired: false };
  const provider: Provider = createScriptedProvider({
    settings: [
      { ...setting, name: "baseUrl", env: "SCRIPTED_URL", default: "https://api.example.com" },
      { ...setting, name: "key", env: "SCRIPTED_KEY", isSecret: true },
    ],
  });
  const host = hosts.hostOf("scripted");
  hosts.bind(new Map([["scripted", provider]]));
  return host;
}

describe("a provider's settings", () => {
  it("are what the settings page holds, else the environment, else the default, as of now", async () => {
    const host = hostAt({ SCRIPTED_KEY: "outer", SCRIPTED_URL: "" });
    expect(host.settings()).toEqual({ baseUrl: "https://api.example.com", key: "outer" });
    await secrets.change("scripted", { key: "own" });
    expect(host.settings()["key"]).toBe("own");
    await secrets.change("scripted", { key: null });
    expect(host.settings()["key"]).toBe("outer");
  });
});

describe("a download", () => {
  const refused = { code: "provider.answer-invalid" };

  it("of an address that an answer gave refuses private ones, the metadata service and redirects to them", async () => {
    let reached = 0;
    const secret = await serve((_request, response) => {
      reached += 1;
      response.end("secret");
    }, "127.0.0.2");
    const own = await serve((_request, response) => response.writeHead(302, { location: secret }).end());
    const host = hostAt({ SCRIPTED_URL: own });
    for (const url of [
      secret,
      "http://169.254.169.254/latest/meta-data/",
      "http://10.0.0.1/",
      "http://[::1]/",
      "http://localhost:1/",
      "file:///etc/passwd",
      "not a url",
      own,
    ]) {
      await expect(host.download(url, signal), url).rejects.toMatchObject(refused);
    }
    expect(reached).toBe(0);
  });

  it("reaches a private address that the owner named, and no other port of that machine", async () => {
    const own = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "image/png; q=1", "content-length": 5 }).end("bytes");
    });
    const other = await serve((_request, response) => response.end("other"));
    const host = hostAt({ SCRIPTED_URL: own });
    const download = await host.download(`${own}/view`, signal);
    expect(download).toMatchObject({ mime: "image/png", sizeBytes: 5 });
    expect(Buffer.concat(await Array.fromAsync(download.body)).toString()).toBe("bytes");
    await expect(host.download(other, signal)).rejects.toMatchObject(refused);
  });

  it("says whether what is not there may still come", async () => {
    let status = 404;
    const own = await serve((_request, response) => response.writeHead(status, { "retry-after": "7" }).end());
    const host = hostAt({ SCRIPTED_URL: own });
    const codes: Record<number, string> = {};
    for (status of [404, 410, 403, 400, 408, 500, 503]) {
      await host.download(own, signal).catch((error: { code: string }) => (codes[status] = error.code));
    }
    expect(codes).toEqual({
      400: "result.missing",
      403: "result.missing",
      404: "result.missing",
      410: "result.missing",
      408: "provider.unavailable",
      500: "provider.unavailable",
      503: "provider.unavailable",
    });
    status = 429;
    await expect(host.download(own, signal)).rejects.toMatchObject({
      code: "provider.throttled",
      retryAfterMs: 7000,
    });
  });

  it("that breaks off is a fault that may pass, not a short file", async () => {
    const own = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });
    const { body } = await hostAt({ SCRIPTED_URL: own }).download(own, signal);
    await expect(Array.fromAsync(body)).rejects.toMatchObject({ code: "provider.unavailable" });
  });

  it("takes a key to the address that it is meant for alone", async () => {
    const keys: (string | undefined)[] = [];
    const own: string = await serve((request, response) => {
      keys.push(request.headers.authorization);
      response.writeHead(302, { location: `${own.replace("127.0.0.1", "localhost")}/end` }).end();
    });
    const host = hostAt({ SCRIPTED_URL: own, SCRIPTED_KEY: own.replace("127.0.0.1", "localhost") });
    await host.download(own, signal, { authorization: "Key 1" }).catch(() => undefined);
    expect(keys.slice(0, 2)).toEqual(["Key 1", undefined]);
  });
});

describe("a call of a provider's API", () => {
  it("follows no redirect, sends forms whole, and calls no private address that an answer gave", async () => {
    const bodies: string[] = [];
    const own = await serve((request, response) => {
      request.on("data", (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on("end", () => response.writeHead(307, { location: "/else" }).end());
    });
    const other = await serve((_request, response) => response.end("other"));
    const host = hostAt({ SCRIPTED_URL: own });
    const form = new FormData();
    form.append("image", new Blob(["pixels"]), "a.png");
    const answer = await host.fetch(`${own}/upload`, { method: "POST", body: form });
    expect(answer.status).toBe(307);
    expect(answer.headers.get("location")).toBe("/else");
    expect(bodies.join("")).toContain('filename="a.png"');
    await expect(host.fetch(other)).rejects.toMatchObject({ code: "provider.answer-invalid" });
    await expect(host.fetch(other.replace("127.0.0.1", "localhost"))).rejects.toThrow("fetch failed");
  });
});
