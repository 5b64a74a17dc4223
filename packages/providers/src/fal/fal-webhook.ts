import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { Type } from "@sinclair/typebox";
import { parseAnswer } from "../http/parse-answer.ts";
import { readJson } from "../http/read-answer.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { RemoteRun } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { FalKeys } from "./fal-answers.ts";

const MAX_AGE_MS = 5 * 60_000;
const KEEP_KEYS_MS = 24 * 60 * 60_000;
/** How often keys are fetched at most because a signature is by none of them: a key may be new. */
const FETCH_AGAIN_MS = 60_000;

const Call = Type.Object({ request_id: Type.String({ minLength: 1, maxLength: 200 }) });

/** Finds out whether a call to our webhook is fal's: signed by one of its keys, and not older than five minutes. */
export function createFalWebhook({
  host,
  settings,
}: {
  readonly host: ProviderHost;
  readonly settings: SettingValues;
}) {
  let kept: { readonly at: number; readonly keys: readonly KeyObject[] } | undefined;

  async function keysNotOlderThan(ageMs: number): Promise<readonly KeyObject[]> {
    if (kept !== undefined && host.now() - kept.at < ageMs) return kept.keys;
    const { body } = await readJson({
      schema: FalKeys,
      fetch: host.fetch,
      name: "fal",
      secrets: settings.secrets(),
      url: settings.url("jwksUrl"),
      signal: AbortSignal.timeout(10_000),
    });
    const keys = body.keys.flatMap(({ x }) => keyOf(x) ?? []);
    kept = { at: host.now(), keys };
    return keys;
  }

  return async (
    headers: Readonly<Record<string, string>>,
    rawBody: Uint8Array,
  ): Promise<RemoteRun | undefined> => {
    const requestId = headers["x-fal-webhook-request-id"];
    const userId = headers["x-fal-webhook-user-id"];
    const timestamp = headers["x-fal-webhook-timestamp"];
    const signature = headers["x-fal-webhook-signature"];
    if (requestId === undefined || userId === undefined) return undefined;
    if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return undefined;
    if (signature === undefined || !/^[0-9a-f]{128}$/i.test(signature)) return undefined;
    if (Math.abs(host.now() - Number(timestamp) * 1000) > MAX_AGE_MS) return undefined;

    const digest = createHash("sha256").update(rawBody).digest("hex");
    const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"));
    const isBy = (keys: readonly KeyObject[]) =>
      keys.some((key) => verify(null, message, key, Buffer.from(signature, "hex")));
    const isGenuine =
      isBy(await keysNotOlderThan(KEEP_KEYS_MS)) || isBy(await keysNotOlderThan(FETCH_AGAIN_MS));
    return isGenuine ? remoteIn(rawBody) : undefined;
  };
}

function remoteIn(rawBody: Uint8Array): RemoteRun | undefined {
  try {
    return { id: parseAnswer(rawBody, Call).request_id };
  } catch {
    // Signed, but not about a run: nothing for us.
    return undefined;
  }
}

function keyOf(x: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch {
    // A key of another kind, which no signature of ours is by.
    return undefined;
  }
}
