import { randomUUID } from "node:crypto";
import { createFakeServer, type FakeKit, type TestedFakeServer } from "../create-fake-server.ts";
import { createFalFakeStorage, type FalFakeStorage } from "./fal-fake-storage.ts";
import type { FalFakeRun } from "./fal-fake-runs.ts";
import type { SignedCall } from "../signed-call.ts";
import { createFalFakeSigner } from "./fal-fake-signer.ts";
import { addFalPlatform } from "./fal-fake-platform.ts";
import { addFalQueue } from "./fal-fake-queue.ts";

/** fal's API on this machine. */
export interface FalFake extends TestedFakeServer<FalFakeRun> {
  /** Files that were uploaded, by their address. */
  readonly uploads: ReadonlyMap<string, Buffer>;
  /** The call that fal would make to a run's webhook; `ageS` sends it from the past. */
  webhook(runId: string, options?: { readonly ageS?: number; readonly forge?: boolean }): SignedCall;
  /** Signs with a new key from now on. */
  rotateKey(): void;
  /** How often the keys were asked for. */
  keyFetches(): number;
}

const KEY = "fal-key-id:fal-secret-0123456789";

/** Starts a fake fal. */
export async function createFalFake(): Promise<FalFake> {
  const signer = createFalFakeSigner();
  let storage: FalFakeStorage | undefined;
  let keyFetches = 0;
  const server = await createFakeServer<FalFakeRun>({
    settings: (url) => ({
      key: KEY,
      queueUrl: `${url}/queue`,
      restUrl: `${url}/rest`,
      apiUrl: `${url}/api/v1`,
      jwksUrl: `${url}/rest/.well-known/jwks.json`,
      cdnUrl: url,
    }),
    isAuthorized: ({ headers }) => headers.authorization === `Key ${KEY}`,
    errorBody: (status) =>
      status === 401 ? { detail: `No user found for Key ${KEY}` } : { detail: `The fake answers ${status}.` },
    routes(app, kit: FakeKit<FalFakeRun>) {
      addFalQueue(app, kit);
      addFalPlatform(app, kit);
      storage = createFalFakeStorage(app, kit.url);
      app.get("/rest/.well-known/jwks.json", { config: { isOpen: true } }, () => {
        keyFetches += 1;
        return signer.jwks();
      });
    },
  });
  return {
    ...server,
    uploads: storage?.files ?? new Map(),
    webhook: (runId, options = {}) => signer.sign(webhookBody(server, runId), { runId, ...options }),
    rotateKey: () => signer.rotate(),
    keyFetches: () => keyFetches,
  };
}

function webhookBody({ runs }: TestedFakeServer<FalFakeRun>, runId: string): unknown {
  const run = runs.get(runId);
  const isError = run === undefined || runs.stateOf(run) === "failed";
  return {
    request_id: runId,
    gateway_request_id: randomUUID(),
    status: isError ? "ERROR" : "OK",
    payload: isError ? null : { seed: run.request.input["seed"] },
  };
}
