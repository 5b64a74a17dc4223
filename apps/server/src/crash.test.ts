import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GeneratedContent, Job } from "@safelight/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, startStudioProcess, type StudioProcess } from "../testing/studio-process.ts";

const GENERATIONS = 200;
const KILLS = 8;

let dataDir: string;
let port: number;
let studio: StudioProcess;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "safelight-crash-"));
  port = await freePort();
  studio = await startStudioProcess({ dataDir, port });
});

afterEach(async () => {
  await studio.killHard();
  rmSync(dataDir, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await studio.killHard();
  studio = await startStudioProcess({ dataDir, port });
}

/** The acknowledged job, or `undefined` when the server died before it answered. */
async function postJob(seed: number): Promise<Job | undefined> {
  try {
    const response = await fetch(`${studio.url}/api/jobs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        kind: "image",
        provider: "local",
        model: "paint",
        prompt: `crash ${seed}`,
        params: { width: 64, height: 64, steps: 2, seed },
      }),
    });
    return response.status === 201 ? ((await response.json()) as Job) : undefined;
  } catch {
    // The connection died with the server: nothing was acknowledged.
    return undefined;
  }
}

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(`${studio.url}${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

async function finished(id: string): Promise<Job> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const job = await getJson<Job>(`/api/jobs/${id}`);
    if (job.status === "succeeded") return job;
    expect(["queued", "submitting", "running", "downloading"], JSON.stringify(job.error)).toContain(
      job.status,
    );
    expect(Date.now(), `job ${id} is still ${job.status}`).toBeLessThan(deadline);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("a server that is killed", () => {
  it("loses no acknowledged job, record or picture over 200 generations", { timeout: 180_000 }, async () => {
    const acknowledged: Job[] = [];
    let seed = 0;
    const killAt = new Set(
      Array.from({ length: KILLS }, (_, index) => Math.floor(((index + 1) * GENERATIONS) / (KILLS + 1))),
    );
    while (acknowledged.length < GENERATIONS) {
      const wave = await Promise.all(Array.from({ length: 5 }, () => postJob((seed += 1))));
      acknowledged.push(...wave.filter((job) => job !== undefined));
      const due = [...killAt].find((count) => count <= acknowledged.length);
      if (due === undefined) continue;
      killAt.delete(due);
      // In the middle of more writes and of whatever is being painted.
      const racing = Array.from({ length: 5 }, () => postJob((seed += 1)));
      await new Promise((resolve) => setTimeout(resolve, 3 * killAt.size));
      await restart();
      acknowledged.push(...(await Promise.all(racing)).filter((job) => job !== undefined));
    }
    expect(killAt.size).toBe(0);

    const jobs: Job[] = [];
    for (const { id } of acknowledged) jobs.push(await finished(id));
    for (const job of jobs) {
      const sent = acknowledged.find(({ id }) => id === job.id);
      expect(job).toMatchObject({ prompt: sent?.prompt, params: sent?.params, number: sent?.number });
      expect(job.results).toHaveLength(1);
      const content = await getJson<GeneratedContent>(`/api/contents/${job.results[0]}`);
      const bytes = Buffer.from(
        await (await fetch(`${studio.url}/api/blobs/${content.blob?.sha256}`)).arrayBuffer(),
      );
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(content.blob?.sha256);
    }
    expect(new Set(jobs.map(({ number }) => number)).size).toBe(jobs.length);
  });

  it("gives everything back when jobs.json.backup is copied over a truncated jobs.json", async () => {
    const first = await postJob(1);
    await finished(first?.id ?? "");
    expect(await studio.stop()).toBe(0);
    studio = await startStudioProcess({ dataDir, port });
    const second = await postJob(2);
    await finished(second?.id ?? "");
    expect(await studio.stop()).toBe(0);
    studio = await startStudioProcess({ dataDir, port });
    const third = await postJob(3);
    await finished(third?.id ?? "");
    const before = await getJson<{ items: Job[] }>("/api/jobs");
    await studio.killHard();

    const document = join(dataDir, "jobs.json");
    truncateSync(document, Math.floor(readFileSync(document).length / 2));
    copyFileSync(`${document}.backup`, document);
    studio = await startStudioProcess({ dataDir, port });

    expect(await getJson<{ items: Job[] }>("/api/jobs")).toEqual(before);
    expect(before.items).toHaveLength(3);
  });
});
