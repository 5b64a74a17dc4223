import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import { IMPORT_RULES, type ImportRule, type ImportSite } from "./import-rules.ts";

/** An import that a rule forbids. */
export interface Violation {
  readonly rule: ImportRule;
  readonly site: ImportSite;
}

/** Checks one source file's imports, static, dynamic and re-exported. `file` is relative, with `/`. */
export function findViolations(file: string, source: string): readonly Violation[] {
  const rules = IMPORT_RULES.filter(
    (rule) => rule.files.test(file) && !(rule.except !== undefined && rule.except.test(file)),
  );
  if (rules.length === 0) return [];
  return importSites(file, source).flatMap((site) =>
    rules.filter((rule) => !rule.allows(site)).map((rule) => ({ rule, site })),
  );
}

function importSites(file: string, source: string): readonly ImportSite[] {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? ""}`);
  const specifiers = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((item) => (item.moduleRequest === null ? [] : [item.moduleRequest.value])),
    ),
    ...module.dynamicImports.flatMap((entry) => {
      const text = source.slice(entry.moduleRequest.start, entry.moduleRequest.end);
      const literal = /^["'`]([^"'`$]+)["'`]$/.exec(text)?.[1];
      return literal === undefined ? [] : [literal];
    }),
  ];
  return specifiers.map((specifier) => {
    const inside = specifier.startsWith(".");
    const target = inside ? posix.normalize(posix.join(posix.dirname(file), specifier)) : specifier;
    return { file, specifier, target, inside };
  });
}
