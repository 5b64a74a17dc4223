import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

/** The engine alone, as the app's bundler makes it: one script by its path, the parts that are loaded late by theirs. */
export type PageScripts = ReadonlyMap<string, string>;

export const SCRIPT_PATH = "/sync-page/client.js";

export const SITUATIONS: PageOptions = {
  entry: new URL("page-client.ts", import.meta.url),
  base: "/sync-page/",
};

export interface PageOptions {
  readonly entry: URL;
  /** Folder of the scripts on the page's origin, with slashes around it. */
  readonly base: string;
  /** Packages that the script is not to hold; then it is the code alone, without what a bundler adds for a page. */
  readonly external?: readonly (string | RegExp)[];
  /** Layout of the database that the script believes in, in place of its own. */
  readonly layoutVersion?: number;
}

export async function buildSyncPage(options: PageOptions = SITUATIONS): Promise<PageScripts> {
  const { entry, base, external, layoutVersion } = options;
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL(".", import.meta.url)),
    base,
    logLevel: "silent",
    plugins: layoutVersion === undefined ? [] : [withLayout(layoutVersion)],
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

function withLayout(version: number): Plugin {
  return {
    name: "another-layout",
    transform(code, id) {
      if (!id.endsWith("/idb-storage.ts")) return undefined;
      const changed = code.replace(/LAYOUT_VERSION = \d+/, `LAYOUT_VERSION = ${version}`);
      if (changed === code) throw new Error("The layout's version was not found.");
      return changed;
    },
  };
}
