import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { SignedCall } from "../signed-call.ts";

/** Signs as fal does: Ed25519 over the request, the user, the time and the body's hash. */
export function createFalFakeSigner() {
  let pair = generateKeyPairSync("ed25519");
  const stranger = generateKeyPairSync("ed25519");
  const xOf = (key: KeyObject) => key.export({ format: "jwk" }).x;

  return {
    /** A key of somebody else stands first: every key is to be tried. */
    jwks: () => ({
      keys: [
        { kty: "OKP", crv: "Ed25519", x: xOf(generateKeyPairSync("ed25519").publicKey) },
        { kty: "OKP", crv: "Ed25519", x: xOf(pair.publicKey) },
      ],
    }),
    rotate() {
      pair = generateKeyPairSync("ed25519");
    },
    sign(
      content: unknown,
      {
        runId,
        ageS = 0,
        forge = false,
      }: { readonly runId: string; readonly ageS?: number; readonly forge?: boolean },
    ): SignedCall {
      const body = Buffer.from(JSON.stringify(content));
      const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
      const digest = createHash("sha256").update(body).digest("hex");
      const message = Buffer.from([runId, "fake-user", timestamp, digest].join("\n"));
      const key = forge ? stranger.privateKey : pair.privateKey;
      return {
        body,
        headers: {
          "content-type": "application/json",
          "x-fal-webhook-request-id": runId,
          "x-fal-webhook-user-id": "fake-user",
          "x-fal-webhook-timestamp": timestamp,
          "x-fal-webhook-signature": sign(null, message, key).toString("hex"),
        },
      };
    },
  };
}
