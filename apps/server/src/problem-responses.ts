import { Problem } from "@safelight/shared";
import { Type } from "@sinclair/typebox";

/** The problem document's schema under the name by which routes refer to it; `app.ts` registers it. */
export const ProblemSchema = { ...Problem, $id: "Problem" };

/** The `response` entries of the problem documents that a route can answer: `...problems(400, 404)`. */
export function problems<const S extends number>(...statuses: readonly S[]) {
  const document = {
    description: "A problem document.",
    content: { "application/problem+json": { schema: Type.Unsafe<Problem>({ $ref: "Problem#" }) } },
  };
  return Object.fromEntries(statuses.map((status) => [status, document])) as Record<S, typeof document>;
}
