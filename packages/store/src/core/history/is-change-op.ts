import type { ChangeOp } from "@safelight/shared";

const OPS: ReadonlySet<unknown> = new Set<ChangeOp>(["create", "update", "delete", "restore", "purge"]);

export function isChangeOp(value: unknown): value is ChangeOp {
  return OPS.has(value);
}
