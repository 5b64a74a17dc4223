import { ChangeOp } from "@safelight/shared";

const OPS: ReadonlySet<unknown> = new Set(ChangeOp.anyOf.map(({ const: op }) => op));

export function isChangeOp(value: unknown): value is ChangeOp {
  return OPS.has(value);
}
