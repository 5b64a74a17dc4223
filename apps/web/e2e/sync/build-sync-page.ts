import { fileURLToPath } from "node:url";
import { build } from "vite";

/** The engine alone, as the app's bundler makes it: one script by its path, the parts that are loaded late by theirs. */
export type PageScripts = ReadonlyMap<string, string>;

export const SCRIPT_PATH = "/sync-page/client.js";

const SITUATIONS: PageOptions = { entry: new URL("page-client.ts", import.meta.url), base: "/sync-page/" };

export interface PageOptions {
  readonly entry: URL;
  /** Folder of the scripts on the page's origin, with slashes around it. */
  readonly base: string;
  /** Packages that the script is not to hold; then it is the code alone, without what a bundler adds for a page. */
  readonly external?: readonly (string | RegExp)[];
}

export async function buildSyncPage(options: PageOptions = SITUATIONS): Promise<PageScripts> {
  const { entry, base, external } = options;
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL(".", import.meta.url)),
    base,
    logLevel: "silent",
    ...(external === undefined ? {} : { ssr: { noExternal: true as const } }),
    build: {
      ssr: external !== undefined,
      minify: "oxc",
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: { client: fileURLToPath(entry) },
        ...(external === undefined ? {} : { external: [...external] }),
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  if (bundle === undefined || !("output" in bundle)) throw new Error("The page was not built.");
  return new Map(
    bundle.output.flatMap((part) =>
      part.type === "chunk" ? [[`${base}${part.fileName}`, part.code] as const] : [],
    ),
  );
}
