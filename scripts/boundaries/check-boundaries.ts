import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository-root.ts";
import { sourceFiles } from "../source-files.ts";
import { findViolations } from "./find-violations.ts";

/** A line for each import in the tree that breaks a rule. */
export function checkBoundaries(): readonly string[] {
  return sourceFiles().flatMap((file) =>
    findViolations(file, readFileSync(join(repositoryRoot, file), "utf8")).map(
      ({ rule, site }) => `${file}: imports "${site.specifier}". ${rule.message} (${rule.name})`,
    ),
  );
}
