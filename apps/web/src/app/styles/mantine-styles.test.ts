import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const sources = join(import.meta.dirname, "../..");
const { resolve } = createRequire(import.meta.url);
const libraryStyles = dirname(resolve("@mantine/core/styles/Button.layer.css"));

/** Names that any source takes from the component library. */
function usedNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(path)) continue;
    const text = readFileSync(join(sources, path), "utf8");
    for (const [, list = ""] of text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)) {
      for (const name of list.split(",")) names.add(name.trim());
    }
  }
  return names;
}

it("has the styles of every component of the library that is used", () => {
  const imported = readFileSync(join(import.meta.dirname, "mantine.css"), "utf8");
  const styled = readdirSync(libraryStyles).flatMap((file) => /^(\w+)\.layer\.css$/.exec(file)?.[1] ?? []);
  const used = usedNames();
  const needed = styled.filter((name) => used.has(name));
  expect(needed.length).toBeGreaterThan(10);
  expect(needed.filter((name) => !imported.includes(`/${name}.layer.css`))).toEqual([]);
});
