import type { Plugin } from "vite";

interface PreloadOptions {
  /** The module that the first script loads late. */
  readonly app: string;
  /** By path the room's module, which the app loads late; the first script has those of one room fetched. */
  readonly rooms: Readonly<Record<string, string>>;
}

/**
 * The scripts that the first one loads late are on their way with it. They are fetched and no more: to be read and compiled, as
 * what is preloaded as a module is, would hold up what the first one draws.
 */
export function preloadApp({ app, rooms }: PreloadOptions): Plugin {
  return {
    name: "preload-app",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const chunks = new Map(
          Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])),
        );
        const neededBy = (entry: string): ReadonlySet<string> => {
          const wanted = new Set<string>();
          const add = (fileName: string) => {
            if (wanted.has(fileName)) return;
            wanted.add(fileName);
            for (const each of chunks.get(fileName)?.imports ?? []) add(each);
          };
          for (const { fileName, facadeModuleId } of chunks.values()) {
            if (facadeModuleId?.endsWith(entry) === true) add(fileName);
          }
          return wanted;
        };
        const hrefsOf = (files: ReadonlySet<string>) =>
          Array.from(files, (fileName) => `/${fileName}`).filter((href) => !html.includes(href));
        const ofApp = hrefsOf(neededBy(app));
        const links = ofApp.map((href) => ({
          tag: "link",
          attrs: { rel: "preload", as: "script", crossorigin: true, href },
          injectTo: "head" as const,
        }));
        const metas = Object.entries(rooms).map(([path, entry]) => {
          const scripts = hrefsOf(neededBy(entry)).filter((href) => !ofApp.includes(href));
          return {
            tag: "meta",
            attrs: { name: "room-scripts", content: [path, ...scripts].join(" ") },
            injectTo: "head" as const,
          };
        });
        return [...metas, ...links];
      },
    },
  };
}
