import type { Plugin } from "vite";

/**
 * The scripts that the first one loads late are on their way with it. They are fetched and no more: to be read and compiled, as
 * what is preloaded as a module is, would hold up what the first one draws.
 */
export function preloadApp(entry: string): Plugin {
  return {
    name: "preload-app",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const chunks = new Map(
          Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])),
        );
        const wanted = new Set<string>();
        const add = (fileName: string) => {
          if (wanted.has(fileName)) return;
          wanted.add(fileName);
          for (const each of chunks.get(fileName)?.imports ?? []) add(each);
        };
        for (const { fileName, facadeModuleId } of chunks.values()) {
          if (facadeModuleId?.endsWith(entry) === true) add(fileName);
        }
        const hrefs = Array.from(wanted, (fileName) => `/${fileName}`).filter((href) => !html.includes(href));
        return hrefs.map((href) => ({
          tag: "link",
          attrs: { rel: "preload", as: "script", crossorigin: true, href },
          injectTo: "head",
        }));
      },
    },
  };
}
