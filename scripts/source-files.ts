import { globSync } from "node:fs";
import { repositoryRoot } from "./repository-root.ts";

/** Every TypeScript file of the packages, apps and scripts, relative to the repository, with `/`. */
export function sourceFiles(): readonly string[] {
  return globSync("{packages,apps,scripts}/**/*.{ts,tsx}", {
    cwd: repositoryRoot,
    exclude: (path) => /(?:^|[\\/])(?:node_modules|dist|\.turbo)(?:[\\/]|$)/.test(path),
  })
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}
