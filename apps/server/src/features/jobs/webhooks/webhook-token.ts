import { createHmac, timingSafeEqual } from "node:crypto";

/** Tokens in the addresses that providers call: nobody can make one up, and each names one job of one provider. */
export interface WebhookTokens {
  make(providerId: string, jobId: string): string;
  /** The job that a token was made for; `undefined` for one that is forged or another provider's. */
  jobOf(providerId: string, token: string): string | undefined;
}

/** @param key The studio's own secret. */
export function createWebhookTokens(key: string): WebhookTokens {
  const signatureOf = (providerId: string, jobId: string): string =>
    createHmac("sha256", key).update(`webhook\n${providerId}\n${jobId}`).digest("base64url");

  return {
    make: (providerId, jobId) => `${jobId}.${signatureOf(providerId, jobId)}`,
    jobOf(providerId, token) {
      const end = token.lastIndexOf(".");
      const jobId = token.slice(0, end);
      const given = Buffer.from(token.slice(end + 1));
      const right = Buffer.from(signatureOf(providerId, jobId));
      return end > 0 && given.length === right.length && timingSafeEqual(given, right) ? jobId : undefined;
    },
  };
}
