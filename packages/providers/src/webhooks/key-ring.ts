const KEEP_MS = 24 * 60 * 60_000;
/** How often keys are fetched at most because a signature is by none of them: a key may be new. */
const FETCH_AGAIN_MS = 60_000;

/** Keys that webhooks are signed with, fetched when they are needed. */
export interface KeyRing<K> {
  /** Whether a test holds for the keys that are kept, or else for the ones that the provider has now. */
  isBy(test: (keys: readonly K[]) => boolean): Promise<boolean>;
}

/** Keeps keys for a day. What none of them signed makes it look for new ones, at most once a minute. */
export function createKeyRing<K>(options: {
  readonly fetchKeys: () => Promise<readonly K[]>;
  readonly now: () => number;
}): KeyRing<K> {
  const { fetchKeys, now } = options;
  let kept: { readonly at: number; readonly keys: readonly K[] } | undefined;

  async function keysNotOlderThan(ageMs: number): Promise<readonly K[]> {
    if (kept !== undefined && now() - kept.at < ageMs) return kept.keys;
    const keys = await fetchKeys();
    kept = { at: now(), keys };
    return keys;
  }

  return {
    async isBy(test) {
      return test(await keysNotOlderThan(KEEP_MS)) || test(await keysNotOlderThan(FETCH_AGAIN_MS));
    },
  };
}
