import { setTimeout as wait } from "node:timers/promises";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { createFakeRuns, type FakeRuns } from "./fake-runs.ts";
import type { BilledRun, FakeCall, FakeServer, Misbehaviour } from "./fake-server.ts";
import { misbehaveBefore, misbehaveOnSend } from "./misbehave.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Which call of the provider's API a route is; misbehaviour is asked for by it. */
    readonly call?: FakeCall;
    /** Served without a key, as artifacts and uploads by signed URL are. */
    readonly isOpen?: boolean;
  }
  interface FastifyRequest {
    /** What is to go wrong with this request; handlers look for what concerns its content. */
    misbehaviour: Misbehaviour | undefined;
  }
}

/** A request as it reached a fake, for tests that look at what an adapter sends. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly call: FakeCall | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** What the routes of a fake are given. `T` is what the fake keeps of each run. */
export interface FakeKit<T> {
  /** Base address, known once it listens, which is before the first request. */
  readonly url: () => string;
  readonly runs: FakeRuns<T>;
  /** Adds a line to the bill that belongs to no run in `runs`. */
  charge(line: BilledRun): void;
}

export interface FakeServerOptions<T> {
  /** Settings for an adapter that shall talk to it. */
  settings(url: string): Readonly<Record<string, string>>;
  /** Whether a request brings a key that is good. Routes with `isOpen` are not asked. */
  isAuthorized(request: FastifyRequest): boolean;
  /** How this provider words an error. */
  readonly errorBody: (status: number) => unknown;
  routes(app: FastifyInstance, kit: FakeKit<T>): void;
  /** Milliseconds that a run takes; 30 when left out. */
  readonly runMs?: number;
  readonly billsFailures?: boolean;
}

/** What tests get: the fake, what reached it, and its runs. */
export interface TestedFakeServer<T> extends FakeServer {
  readonly received: readonly ReceivedRequest[];
  readonly runs: FakeRuns<T>;
}

const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** Starts a fake provider on a loopback port of its own, over real HTTP. The caller closes it. */
export async function createFakeServer<T>(options: FakeServerOptions<T>): Promise<TestedFakeServer<T>> {
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true, exposeHeadRoutes: false });
  const closing = new AbortController();
  const faults: { readonly call: FakeCall; readonly what: Misbehaviour; times: number }[] = [];
  const received: ReceivedRequest[] = [];
  const charges: BilledRun[] = [];
  let { runMs = 30 } = options;
  let submits = 0;
  let url = "";
  let heldAt: number | undefined;
  let gate = Promise.withResolvers<void>();
  const runs = createFakeRuns<T>({
    runMs: () => runMs,
    now: Date.now,
    heldAt: () => heldAt,
    billsFailures: options.billsFailures ?? false,
  });

  function release(): void {
    for (const fault of faults) if (fault.what.do === "hold") fault.times = 0;
    gate.resolve();
    gate = Promise.withResolvers();
  }

  function nextFault(call: FakeCall | undefined): Misbehaviour | undefined {
    const fault = faults.find((candidate) => candidate.call === call && candidate.times > 0);
    if (fault === undefined) return undefined;
    fault.times -= 1;
    return fault.what;
  }

  app.decorateRequest("misbehaviour", undefined);
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addHook("preHandler", async (request, reply) => {
    const { call, isOpen } = request.routeOptions.config;
    const { method, headers, body } = request;
    received.push({ method, url: request.url, call, headers, body });
    if (isOpen !== true && !options.isAuthorized(request)) {
      return reply.code(401).send(options.errorBody(401));
    }
    if (call === "submit") submits += 1;
    request.misbehaviour = nextFault(call);
    if (request.misbehaviour?.do === "delay") {
      await wait(request.misbehaviour.ms, undefined, { signal: closing.signal });
    }
    if (request.misbehaviour?.do === "hold") await gate.promise;
    return misbehaveBefore(request, reply, options.errorBody);
  });
  app.addHook("onSend", misbehaveOnSend);
  options.routes(app, { url: () => url, runs, charge: (line) => void charges.push(line) });
  url = await app.listen({ host: "127.0.0.1", port: 0 });

  return {
    url,
    settings: options.settings(url),
    received,
    runs,
    bill: () => [...runs.bill(), ...charges],
    submits: () => submits,
    misbehave: (call, what, times = 1) => void faults.push({ call, what, times }),
    setRunMs: (ms) => void (runMs = ms),
    holdRuns: (share) => void (heldAt = share),
    release,
    async close() {
      closing.abort();
      release();
      await app.close();
    },
  };
}
