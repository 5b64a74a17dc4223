import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { createFakeServer, type FakeKit, type TestedFakeServer } from "../create-fake-server.ts";
import type { SignedCall } from "../signed-call.ts";
import { type ReplicateFakeRun, addReplicateRuns } from "./replicate-fake-runs.ts";

/** Replicate's API on this machine. */
export interface ReplicateFake extends TestedFakeServer<ReplicateFakeRun> {
  /** Files that were uploaded, by their address. */
  readonly uploads: ReadonlyMap<string, Buffer>;
  /** The call that Replicate would make to a run's webhook; `ageS` sends it from the past. */
  webhook(runId: string, options?: { readonly ageS?: number; readonly forge?: boolean }): SignedCall;
  /** Signs with a new secret from now on. */
  rotateKey(): void;
  /** How often the secret was asked for. */
  keyFetches(): number;
}

const KEY = "r8_fake0123456789abcdef";

/** Starts a fake Replicate. */
export async function createReplicateFake(): Promise<ReplicateFake> {
  const uploads = new Map<string, Buffer>();
  let secret = randomBytes(24);
  let keyFetches = 0;
  const server = await createFakeServer<ReplicateFakeRun>({
    settings: (url) => ({ key: KEY, apiUrl: `${url}/v1`, destination: "studio/inkstyle" }),
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${KEY}`,
    errorBody: (status) => ({
      title: status === 401 ? "Unauthenticated" : "Error",
      detail: status === 401 ? `The token ${KEY} is not known.` : `The fake answers ${status}.`,
      status,
    }),
    routes(app, kit) {
      addReplicateRuns(app, kit);
      addFiles(app, kit, uploads);
      app.get("/v1/account", () => ({ type: "user", username: "studio", name: "Studio" }));
      app.get("/v1/webhooks/default/secret", () => {
        keyFetches += 1;
        return { key: `whsec_${secret.toString("base64")}` };
      });
      app.get("/v1/models/:owner/:name", () => ({ latest_version: { id: "f".repeat(64) } }));
    },
  });
  return {
    ...server,
    uploads,
    webhook(runId, { ageS = 0, forge = false } = {}) {
      const body = Buffer.from(JSON.stringify({ id: runId, status: "succeeded", output: null }));
      const id = `msg_${randomUUID()}`;
      const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
      const key = forge ? randomBytes(24) : secret;
      const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
      return {
        body,
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          // While a secret changes there is a signature for each.
          "webhook-signature": `v1,${randomBytes(32).toString("base64")} v1,${signature}`,
        },
      };
    },
    rotateKey: () => void (secret = randomBytes(24)),
    keyFetches: () => keyFetches,
  };
}

/** Replicate's files, which come as a form. */
function addFiles(app: FastifyInstance, kit: FakeKit<ReplicateFakeRun>, uploads: Map<string, Buffer>): void {
  app.post<{ Body: Buffer }>(
    "/v1/files",
    { config: { call: "upload" } },
    async ({ headers, body }, reply) => {
      const form = await new Response(new Uint8Array(body), {
        headers: { "content-type": headers["content-type"] ?? "" },
      }).formData();
      const content = form.get("content");
      if (!(content instanceof File)) return reply.code(400).send({ detail: "The form has no content." });
      const bytes = Buffer.from(await content.arrayBuffer());
      const get = `${kit.url()}/v1/files/${randomUUID()}`;
      uploads.set(get, bytes);
      return reply.code(201).send({
        id: randomUUID(),
        name: content.name,
        size: bytes.byteLength,
        checksums: { sha256: createHash("sha256").update(bytes).digest("hex") },
        expires_at: new Date(Date.now() + 86_400_000).toISOString(),
        urls: { get },
      });
    },
  );
}
