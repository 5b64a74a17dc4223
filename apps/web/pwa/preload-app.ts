import type { Plugin } from "vite";

interface PreloadOptions {
  /** The module that the first script loads late. */
  readonly app: string;
  /** By path the room's module, which the app loads late. */
  readonly rooms: Readonly<Record<string, string>>;
}

/**
 * Says in the page which scripts the first one loads late. It has them fetched when it has put the look of the page in its place, and
 * fetched alone: to be read and compiled, as what is preloaded as a module is, would hold up what is drawn, and so would a dozen of
 * files that arrive before it.
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
        const meta = (name: string, words: readonly string[]) => ({
          tag: "meta",
          attrs: { name, content: words.join(" ") },
          injectTo: "head" as const,
        });
        const ofRooms = Object.entries(rooms).map(([path, entry]) => {
          const scripts = hrefsOf(neededBy(entry)).filter((href) => !ofApp.includes(href));
          return meta("room-scripts", [path, ...scripts]);
        });
        return [meta("app-scripts", ofApp), ...ofRooms];
      },
    },
  };
}
