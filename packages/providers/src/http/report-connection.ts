import { ProviderError } from "../provider-error.ts";
import type { ConnectionReport } from "../provider.ts";

/** Runs a call that costs nothing and says in words what came of it. */
export async function reportConnection(
  test: () => Promise<{ readonly detail: string; readonly balanceUsd?: number }>,
): Promise<ConnectionReport> {
  try {
    return { ok: true, ...(await test()) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
