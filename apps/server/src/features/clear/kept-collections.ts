import type { CollectionName } from "@safelight/shared";

/**
 * What "clear all data" leaves alone. It ends no safety and forgets no spending: a budget in the trash caps nothing, and
 * an expense there counts no more once the trash is emptied. Preferences are settings, like the providers' keys.
 */
export const KEPT_COLLECTIONS: ReadonlySet<CollectionName> = new Set(["budgets", "expenses", "preferences"]);
