import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyArchive } from "../../backups/verify-archive.ts";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let dataDir: string;
let studio: TestApp;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "safelight-backups-"));
  studio = await createTestApp({ config: { dataDir } });
});
afterEach(async () => {
  await studio.close();
  await studio.store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function sendBlobs(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const blob = await studio.store.blobs.write(Readable.from([Buffer.from(`blob ${at}`)]));
    const set = { type: "image", origin: "upload", blob: { ...blob } };
    const step = { collection: "contents", id: `content-${at}`, op: "create", set } as const;
    await studio.store.commit({ by: "test", actor: "server", atomicity: "all", steps: [step] });
  }
}

describe("backups over HTTP", () => {
  it("are made, listed, described and handed out whole", async () => {
    await sendBlobs(2);
    const { body: made } = await studio.request.post("/api/backups").expect(201);
    const { body: listed } = await studio.request.get("/api/backups").expect(200);
    expect(listed).toEqual({ items: [made], damaged: [] });
    const { body: manifest } = await studio.request.get(`/api/backups/${made.name}/manifest`).expect(200);
    expect(manifest).toMatchObject({ seq: 2, collections: { contents: 2, styles: 0 }, blobs: { count: 2 } });
    const answer = await fetch(`${studio.url}/api/backups/${made.name}`);
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${made.name}"`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(made.sizeBytes);
    const copy = join(dataDir, "copy.zip");
    writeFileSync(copy, bytes);
    expect(await verifyArchive(copy)).toEqual(manifest);
  });

  it("of which an entry says that it inflates to gigabytes are not relied on, and not inflated", async () => {
    await sendBlobs(1);
    const { body: made } = await studio.request.post("/api/backups").expect(201);
    const answer = await fetch(`${studio.url}/api/backups/${made.name}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const DEFLATED = 8;
    let at = bytes.indexOf("PK\x01\x02", 0, "latin1");
    while (bytes.readUInt16LE(at + 10) !== DEFLATED) at = bytes.indexOf("PK\x01\x02", at + 1, "latin1");
    bytes.writeUInt32LE(0xff_ff_ff_f0, at + 24);
    const bomb = join(dataDir, "bomb.zip");
    writeFileSync(bomb, bytes);
    await expect(verifyArchive(bomb)).rejects.toMatchObject({
      code: "backup.unverified",
      message: expect.stringContaining("far more than a studio holds"),
    });
  });

  it("that are not there, or no backups, are 404", async () => {
    writeFileSync(join(dataDir, "secrets.json"), "{}");
    for (const name of ["safelight-1.zip", "safelight-1.zip/manifest"]) {
      const { body } = await studio.request.get(`/api/backups/${name}`).expect(404);
      expect(body.code).toBe("backup.missing");
    }
    await studio.request.get("/api/backups/..%2Fsecrets.json").expect(400);
  });

  it("tell how far they are while one is made, and refuse a second", async () => {
    await sendBlobs(40);
    const seen: string[] = [];
    let isMade = false;
    const watch = async (): Promise<void> => {
      const { body } = await studio.request.get("/api/backups").expect(200);
      // It may have been asked before the other call arrived.
      if (body.running === undefined) return isMade ? undefined : await watch();
      seen.push(body.running.phase);
      expect(body.running.done).toBeLessThanOrEqual(body.running.total);
      if (seen.length === 1) await studio.request.post("/api/backups").expect(409);
      await watch();
    };
    const making = studio.request.post("/api/backups").expect(201);
    const made = making.then(({ status }) => {
      isMade = true;
      return status;
    });
    await watch();
    expect(await made).toBe(201);
    expect(seen.length).toBeGreaterThan(0);
    expect((await studio.request.get("/api/backups")).body.running).toBeUndefined();
  });
});
