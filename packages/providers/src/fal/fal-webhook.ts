import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { readJson } from "../http/read-answer.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { RemoteRun } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { createKeyRing } from "../webhooks/key-ring.ts";
import { runInBody } from "../webhooks/run-in-body.ts";
import { isRecent } from "../webhooks/webhook-age.ts";
import { FalKeys } from "./fal-answers.ts";

/** Finds out whether a call to our webhook is fal's: signed by one of its keys, and not older than five minutes. */
export function createFalWebhook({
  host,
  settings,
}: {
  readonly host: ProviderHost;
  readonly settings: SettingValues;
}) {
  const ring = createKeyRing<KeyObject>({
    now: () => host.now(),
    async fetchKeys() {
      const { body } = await readJson({
        schema: FalKeys,
        fetch: host.fetch,
        name: "fal",
        secrets: settings.secrets(),
        url: settings.url("jwksUrl"),
        signal: AbortSignal.timeout(10_000),
      });
      return body.keys.flatMap(({ x }) => keyOf(x) ?? []);
    },
  });

  return async (
    headers: Readonly<Record<string, string>>,
    rawBody: Uint8Array,
  ): Promise<RemoteRun | undefined> => {
    const requestId = headers["x-fal-webhook-request-id"];
    const userId = headers["x-fal-webhook-user-id"];
    const timestamp = headers["x-fal-webhook-timestamp"];
    const signature = headers["x-fal-webhook-signature"];
    if (requestId === undefined || userId === undefined || !isRecent(timestamp, host.now())) return undefined;
    if (signature === undefined || !/^[0-9a-f]{128}$/i.test(signature)) return undefined;
    const digest = createHash("sha256").update(rawBody).digest("hex");
    const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"));
    const bytes = Buffer.from(signature, "hex");
    const isGenuine = await ring.isBy((keys) => keys.some((key) => verify(null, message, key, bytes)));
    return isGenuine ? runInBody(rawBody, "request_id") : undefined;
  };
}

function keyOf(x: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch {
    // A key of another kind, which no signature of ours is by.
    return undefined;
  }
}
