import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAutocannonLoad } from "./load/autocannon-load.ts";
import { createCountedLoad } from "./load/counted-load.ts";
import type { LoadGenerator } from "./load/load-generator.ts";
import { createWrkLoad, hasWrk } from "./load/wrk-load.ts";
import { type ServerChild, startServerChild } from "./servers/server-child.ts";

/** How much is measured. */
export interface HttpBenchSize {
  /** Jobs in the studio before anything is measured. */
  readonly records: number;
  readonly rounds: number;
  /** Of each load, in seconds. */
  readonly seconds: number;
  /** Pictures that thumbnails are made of, per round. */
  readonly pictures: number;
  /** Width and height of each in pixels. */
  readonly pictureSide: number;
  /** Before thumbnails are timed, in ms: what sending or making their pictures has left to do is no part of it. */
  readonly restMs: number;
  /** Changes in the page of the feed. */
  readonly changes: number;
  /** Single requests per load in place of `seconds`: shows that it runs, not how fast. */
  readonly requests?: number;
}

export const FULL_SIZE: HttpBenchSize = {
  records: 10_000,
  rounds: 5,
  seconds: 2,
  pictures: 24,
  pictureSide: 1024,
  restMs: 700,
  changes: 1000,
};

export const SMALL_SIZE: HttpBenchSize = {
  records: 100,
  rounds: 1,
  seconds: 0,
  pictures: 2,
  pictureSide: 64,
  restMs: 0,
  changes: 50,
  requests: 20,
};

export interface HttpBenchContext {
  readonly size: HttpBenchSize;
  /** The whole server. */
  readonly studio: ServerChild;
  /** Bare routes of Fastify. */
  readonly peers: ServerChild;
  readonly load: LoadGenerator;
  /** A fresh folder. */
  folder(name: string): Promise<string>;
  progress(words: string): void;
  dispose(): Promise<void>;
}

export interface HttpBenchOptions {
  readonly size: HttpBenchSize;
  readonly progress: (words: string) => void;
}

/** Starts both servers, each in a process of its own, and picks what makes the load. */
export async function createHttpBenchContext({
  size,
  progress,
}: HttpBenchOptions): Promise<HttpBenchContext> {
  const root = await mkdtemp(path.join(tmpdir(), "safelight-bench-http-"));
  const folder = async (name: string) => {
    const made = path.join(root, name);
    await mkdir(made, { recursive: true });
    return made;
  };
  const [studio, peers] = await Promise.all([
    startServerChild("studio-server.ts", [await folder("studio"), String(size.records)]),
    startServerChild("peer-server.ts", [await folder("peers")]),
  ]);
  const load = pickLoad(size, await folder("wrk"));
  progress(`load by ${load.name}`);
  return {
    size,
    studio,
    peers,
    load,
    folder,
    progress,
    async dispose() {
      load.close();
      await Promise.all([studio.stop(), peers.stop()]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

function pickLoad({ seconds, requests }: HttpBenchSize, scripts: string): LoadGenerator {
  if (requests !== undefined) return createCountedLoad(requests);
  return hasWrk() ? createWrkLoad({ seconds, folder: scripts }) : createAutocannonLoad(seconds);
}
