import { gzipSync } from "node:zlib";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { buildSyncPage, type PageScripts } from "../../e2e/sync/build-sync-page.ts";

const LIMIT_BYTES = 12_000;

/** Sizes of the engine as pages load it, minified and gzipped, without the contracts that the page has anyway. In bytes. */
export interface BundleSizes {
  /** What a page loads before its first paint; a tab that follows needs no more. */
  readonly start: number;
  /** With what the tab that talks to the server loads after it. */
  readonly leading: number;
}

export async function bundleSizes(): Promise<BundleSizes> {
  const scripts = await buildSyncPage({
    entry: new URL("../bundle-entry.ts", import.meta.url),
    base: "/",
    external: [/^@safelight\/shared/],
  });
  const start = withImports(scripts, ["/client.js"]);
  // What is left is for few pages: private windows, plain HTTP, refused changes, a broken database.
  const leading = withImports(scripts, ["/client.js", "/leader.js", "/http-transport.js"]);
  return { start: sizeOf(scripts, start), leading: sizeOf(scripts, leading) };
}

/** Scripts, and those that they cannot do without. */
function withImports(scripts: PageScripts, names: readonly string[]): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found) {
    const code = scripts.get(name);
    if (code === undefined) throw new Error(`The build has no ${name}.`);
    for (const [, file = ""] of code.matchAll(/(?:from|import)\s*"\.(\/[\w.-]+)"/g)) found.add(file);
  }
  return found;
}

export async function measureBundle(): Promise<Measurement[]> {
  const { start, leading } = await bundleSizes();
  const line = (measure: string, value: number) =>
    measurement({ measure, value, unit: "B", ratio: LIMIT_BYTES / value, atLeast: 1 });
  return [
    line("sync package, minified and gzipped: what the first paint waits for", start),
    line("the same with what the tab that talks to the server loads after it", leading),
  ];
}

function sizeOf(scripts: PageScripts, names: ReadonlySet<string>): number {
  const sizes = [...names].map((name) => gzipSync(scripts.get(name) ?? "", { level: 9 }).byteLength);
  return sizes.reduce((sum, size) => sum + size, 0);
}
