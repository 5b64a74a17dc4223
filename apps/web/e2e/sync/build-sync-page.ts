import { fileURLToPath } from "node:url";
import { build } from "vite";

const entry = fileURLToPath(new URL("page-client.ts", import.meta.url));

/** The engine alone, as the app's bundler makes it: one script by its path, the parts that are loaded late by theirs. */
export type PageScripts = ReadonlyMap<string, string>;

export const SCRIPT_PATH = "/sync-page/client.js";

export async function buildSyncPage(): Promise<PageScripts> {
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL(".", import.meta.url)),
    base: "/sync-page/",
    logLevel: "silent",
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: { client: entry },
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  if (bundle === undefined || !("output" in bundle)) throw new Error("The page was not built.");
  return new Map(
    bundle.output.flatMap((part) =>
      part.type === "chunk" ? [[`/sync-page/${part.fileName}`, part.code] as const] : [],
    ),
  );
}
