import type { Static } from "@sinclair/typebox";
import { ProblemError } from "../../../problem-error.ts";
import type { NewComponent } from "./editor-schemas.ts";

/** A component as a record holds it: code under one name. Throws a `ProblemError` when both names say different code. */
export function componentFields({ jsxCode, cssCode, ...fields }: Static<typeof NewComponent>) {
  const jsx = oneOf("jsx", fields.jsx, jsxCode);
  if (jsx === undefined) throw refused("/jsx", "is missing");
  const css = oneOf("css", fields.css, cssCode);
  return { ...fields, jsx, ...(css === undefined ? {} : { css }) };
}

function oneOf(name: string, short: string | undefined, long: string | undefined): string | undefined {
  if (short !== undefined && long !== undefined && short !== long) {
    throw refused(`/${name}Code`, `says something else than "${name}"`);
  }
  return short ?? long;
}

function refused(path: string, message: string): ProblemError {
  return new ProblemError(400, "request.invalid", `${path} ${message}.`, { errors: [{ path, message }] });
}
