import { createHmac, timingSafeEqual } from "node:crypto";
import type { ProviderApi } from "../http/provider-api.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { RemoteRun } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { createKeyRing } from "../webhooks/key-ring.ts";
import { runInBody } from "../webhooks/run-in-body.ts";
import { isRecent } from "../webhooks/webhook-age.ts";
import { ReplicateSecret } from "./replicate-answers.ts";

/** Finds out whether a call to our webhook is Replicate's: signed with our secret, and not older than five minutes. */
export function createReplicateWebhook(options: {
  readonly api: ProviderApi;
  readonly host: ProviderHost;
  readonly settings: SettingValues;
}) {
  const { api, host, settings } = options;
  const ring = createKeyRing<Buffer>({
    now: () => host.now(),
    async fetchKeys() {
      const url = `${settings.url("apiUrl")}/webhooks/default/secret`;
      const { body } = await api.read(ReplicateSecret, { url, signal: AbortSignal.timeout(10_000) });
      return [Buffer.from(body.key.slice("whsec_".length), "base64")];
    },
  });

  return async (
    headers: Readonly<Record<string, string>>,
    rawBody: Uint8Array,
  ): Promise<RemoteRun | undefined> => {
    const id = headers["webhook-id"];
    const timestamp = headers["webhook-timestamp"];
    const signed = signaturesIn(headers["webhook-signature"] ?? "");
    if (id === undefined || signed.length === 0 || !isRecent(timestamp, host.now())) return undefined;
    const head = Buffer.from(`${id}.${timestamp}.`);
    const isGenuine = await ring.isBy((keys) =>
      keys.some((key) => {
        const expected = createHmac("sha256", key).update(head).update(rawBody).digest();
        return signed.some((one) => one.byteLength === expected.byteLength && timingSafeEqual(one, expected));
      }),
    );
    return isGenuine ? runInBody(rawBody, "id") : undefined;
  };
}

/** `v1,<base64> v1,<base64>`: while a secret changes there is one for each. */
function signaturesIn(header: string): readonly Buffer[] {
  return header
    .split(" ")
    .filter((part) => part.startsWith("v1,"))
    .map((part) => Buffer.from(part.slice("v1,".length), "base64"));
}
