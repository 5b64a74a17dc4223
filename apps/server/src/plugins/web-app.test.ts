import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";

let folder: string;
let studio: TestApp;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "safelight-web-"));
  const webRoot = join(folder, "dist");
  mkdirSync(join(webRoot, "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(webRoot, "index.html"), "<title>Safelight</title>");
  writeFileSync(join(webRoot, "sw.js"), "self.addEventListener('fetch', () => {});");
  writeFileSync(join(webRoot, ".hidden"), "hidden");
  writeFileSync(join(webRoot, "assets", "app-1a2b3c.js"), "export {};");
  studio = await createTestApp({ config: { webRoot } });
});

afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (path: string, accept = "text/html,application/xhtml+xml,*/*;q=0.8") =>
  studio.request.get(path).set("accept", accept);

describe("the web app", () => {
  it.each(["/", "/gallery/gal-1", "/jobs/job-1?tab=log", "/create"])(
    "opens at %s, asked for anew each time",
    async (path) => {
      const { text, headers } = await open(path).expect(200);
      expect(text).toContain("<title>Safelight</title>");
      expect(headers["content-type"]).toMatch(/^text\/html/);
      expect(headers["cache-control"]).toBe("no-cache");
      expect(headers["content-security-policy"]).toContain("default-src 'self'");
    },
  );

  it("keeps files with a hash in their name for ever, and the service worker not", async () => {
    const asset = await open("/assets/app-1a2b3c.js", "*/*").expect(200);
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(asset.headers["content-type"]).toMatch(/javascript/);
    const worker = await open("/sw.js", "*/*").expect(200);
    expect(worker.headers["cache-control"]).toBe("no-cache");
  });

  it.each([
    ["a missing file", "/assets/app-old.js", "*/*", 404],
    ["a missing file opened as a page", "/assets/app-old.js", "text/html", 404],
    ["an unknown API address opened as a page", "/api/nothing", "text/html", 404],
    ["an unknown record opened as a page", "/api/styles/style-none", "text/html", 404],
    ["a page asked for as data", "/gallery/gal-1", "application/json", 404],
    ["a hidden file", "/.hidden", "*/*", 404],
  ])("does not answer %s with a page", async (_what, path, accept, status) => {
    const { body, headers } = await open(path, accept).expect(status);
    expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(body.status).toBe(status);
  });

  it.each(["/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/..%5csecret.txt"])(
    "does not leave its folder for %s",
    async (path) => {
      const { text, status } = await open(path, "*/*");
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(text).not.toBe("secret");
    },
  );

  it("opens from a link on another site, which may not read the API", async () => {
    const page = await open("/gallery/gal-1").set("sec-fetch-site", "cross-site");
    expect(page.status).toBe(200);
    const data = await open("/api/styles").set("sec-fetch-site", "cross-site");
    expect(data.status).toBe(403);
  });
});
