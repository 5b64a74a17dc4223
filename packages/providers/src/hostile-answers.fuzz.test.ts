import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestHost } from "../testing/test-host.ts";
import { createFalProvider } from "./fal/fal-provider.ts";
import { isRecord } from "./http/is-record.ts";
import { ProviderError } from "./provider-error.ts";
import type { ProviderHost } from "./provider-host.ts";
import type { Provider, ProviderRequest } from "./provider.ts";
import { createReplicateProvider } from "./replicate/replicate-provider.ts";
import { createRunpodProvider } from "./runpod/runpod-provider.ts";

const signal = new AbortController().signal;
const request: ProviderRequest = { jobId: "job-1", kind: "image", prompt: "a sea", params: {} };
const settings = { key: "key-0123456789", generationEndpoint: "pictures" };
const PICTURE = "https://a.test/x.png";
const SEED = 20_260_101;
const RUNS = 40;

/** What may stand where something else is expected. */
const nonsense = fc.oneof(
  fc.constantFrom(
    null,
    0,
    -1,
    1e308,
    true,
    "",
    "x",
    "http://169.254.169.254/x",
    "https://evil.test/x",
    "../..",
  ),
  fc.constantFrom(
    "data:image/png;base64,AAAA",
    "data:,",
    "https://",
    "2026-99-99",
    "{",
    "constructor",
    "x".repeat(9999),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant(undefined),
);

/** A value with one of its parts, or a part of a part, replaced. */
function spoil(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  const keys = Array.isArray(value) || isRecord(value) ? Object.keys(value) : [];
  if (step === undefined || keys.length === 0) return by;
  const key = keys[step % keys.length] ?? "";
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? spoil(item, rest, by) : item));
  return isRecord(value) ? { ...value, [key]: spoil(value[key], rest, by) } : by;
}

const falQueued = {
  request_id: "run-1",
  status_url: "https://queue.fal.run/fal-ai/flux/requests/run-1/status",
  response_url: "https://queue.fal.run/fal-ai/flux/requests/run-1",
  cancel_url: "https://queue.fal.run/fal-ai/flux/requests/run-1/cancel",
};
const falDone = {
  status: "COMPLETED",
  logs: [{ message: "100%" }],
  images: [{ url: PICTURE, content_type: "image/png", file_name: "x.png", width: 8, height: 8 }],
  video: { url: "https://a.test/v.mp4" },
  seed: 7,
  has_nsfw_concepts: [false],
};
const falLists = {
  items: [
    { request_id: "run-1", endpoint_id: "fal-ai/flux/dev", sent_at: "2026-01-01T00:00:00Z", json_input: {} },
  ],
  prices: [{ endpoint_id: "fal-ai/flux/dev", unit_price: 0.1, unit: "images", currency: "USD" }],
  total_cost: 1,
  currency: "USD",
};
const replicateRun = {
  id: "run-1",
  model: "black-forest-labs/flux-dev",
  status: "succeeded",
  input: { prompt: "a sea", seed: 7 },
  output: [PICTURE],
  logs: "50%",
  created_at: "2026-01-01T00:00:00Z",
  completed_at: "2026-01-01T00:00:00Z",
  urls: {
    get: "https://api.replicate.com/v1/predictions/run-1",
    cancel: "https://api.replicate.com/v1/predictions/run-1/cancel",
  },
};
const runpodJob = {
  id: "run-1",
  status: "COMPLETED",
  executionTime: 100,
  output: { images: [{ filename: "x.png", data: PICTURE }], message: "done" },
};

interface Subject {
  readonly name: string;
  readonly create: (host: ProviderHost) => Provider;
  readonly details: Record<string, string>;
  readonly answers: readonly unknown[];
}

const subjects: readonly Subject[] = [
  {
    name: "fal",
    create: createFalProvider,
    details: { model: "fal-ai/flux/dev" },
    answers: [
      falQueued,
      falDone,
      { ...falDone, status: "IN_PROGRESS" },
      { ...falQueued, ...falDone },
      falLists,
    ],
  },
  {
    name: "replicate",
    create: createReplicateProvider,
    details: { run: "prediction" },
    answers: [
      replicateRun,
      { ...replicateRun, status: "processing" },
      { ...replicateRun, status: "failed", error: "no" },
      { results: [replicateRun], next: "https://api.replicate.com/v1/predictions?cursor=2" },
    ],
  },
  {
    name: "replicate's trainings",
    create: createReplicateProvider,
    details: { run: "training" },
    answers: [{ ...replicateRun, output: { version: "a/b:c", weights: "https://a.test/lora.tar" } }],
  },
  {
    name: "runpod",
    create: createRunpodProvider,
    details: { endpoint: "pictures", model: "generation" },
    answers: [
      runpodJob,
      { ...runpodJob, status: "IN_PROGRESS", output: { progress: 0.5 } },
      { ...runpodJob, status: "FAILED", error: '{"error_message":"no"}' },
      { jobs: { inQueue: 1 }, workers: { idle: 1 } },
    ],
  },
];

describe.each(subjects)("$name", ({ create, details, answers }) => {
  const spoiled = fc.sample(
    fc.record({
      answer: fc.constantFrom(...answers),
      path: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }),
      by: nonsense,
    }),
    { seed: SEED, numRuns: RUNS * answers.length },
  );

  it("meets nonsense with an error of ours, and calls no address but its own", async () => {
    // At once, for each waits before it asks again.
    await Promise.all(
      spoiled.map(async ({ answer, path, by }) => {
        const body = spoil(answer, path, by);
        const hosts = new Set<string>();
        const provider = create({
          ...createTestHost("fuzz", { settings }),
          async fetch(url) {
            hosts.add(new URL(url).hostname);
            return new Response(JSON.stringify(body) ?? "", { headers: { "x-fal-billable-units": "2" } });
          },
          // What it says of itself is looked at; its bytes are another test's.
          download: () => Promise.reject(new ProviderError("result.missing", "Not here.")),
        });
        const remote = { id: "run-1", ...details };
        const all = await Promise.allSettled(
          [
            provider.submit(request, signal).then(async (taken) => provider.poll(taken, signal)),
            provider.poll(remote, signal),
            provider.results(remote, signal).then(async ([first]) => first?.open(signal)),
            provider.readLines?.(remote, 0, signal),
            provider.cancel(remote, signal),
            provider.list?.(signal),
            provider.find?.(request, 0, signal),
            provider.estimate(request),
            provider.testConnection?.(signal),
          ].map(async (call) => call),
        );
        for (const outcome of all) {
          if (outcome.status === "fulfilled") continue;
          expect(outcome.reason, JSON.stringify(body)).toBeInstanceOf(ProviderError);
        }
        for (const host of hosts)
          expect(host).toMatch(/(?:^|\.)(?:fal\.run|fal\.ai|replicate\.com|runpod\.ai)$/);
        await provider.close();
      }),
    );
  });
});
