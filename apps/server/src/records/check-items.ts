import { faultMessage } from "@safelight/shared";
import type { Static, TSchema } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { ProblemError } from "../problem-error.ts";

/**
 * A checker of one item or a list of them, for bodies whose schema depends on another field. It answers the items, or
 * throws a `ProblemError` 400 whose `errors` give each fault's place (`/data/0/prompt`).
 */
export function createItemsChecker<S extends TSchema>(
  schema: S,
  maxItems: number,
): (data: unknown, path: string) => readonly Static<S>[] {
  const compiled = TypeCompiler.Compile(schema);
  return (data, path) => {
    const items: readonly unknown[] = Array.isArray(data) ? data : [data];
    if (items.length > maxItems) throw invalid([{ path, message: `has more than ${maxItems} items` }]);
    const checked: Static<S>[] = [];
    const faults: { path: string; message: string }[] = [];
    for (const [index, item] of items.entries()) {
      if (compiled.Check(item)) {
        checked.push(item);
        continue;
      }
      const place = Array.isArray(data) ? `${path}/${index}` : path;
      const first = compiled.Errors(item).First();
      faults.push({
        path: `${place}${first?.path ?? ""}`,
        message: first === undefined ? "does not fit" : faultMessage(first),
      });
    }
    if (faults.length > 0) throw invalid(faults.slice(0, 100));
    return checked;
  };
}

function invalid(errors: readonly { path: string; message: string }[]): ProblemError {
  const [first] = errors;
  return new ProblemError(400, "request.invalid", `${first?.path}: ${first?.message}.`, { errors });
}
