import { describeHostileAnswers, type HostileSubject } from "../testing/hostile-answers.ts";
import { createFalProvider } from "./fal/fal-provider.ts";
import { createReplicateProvider } from "./replicate/replicate-provider.ts";
import { createRunpodProvider } from "./runpod/runpod-provider.ts";

const request = { jobId: "job-1", kind: "image", prompt: "a sea", params: {} } as const;
const settings = { key: "key-0123456789", generationEndpoint: "pictures" };
const hosts = /(?:^|\.)(?:fal\.run|fal\.ai|replicate\.com|runpod\.ai)$/;
const PICTURE = "https://a.test/x.png";

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

const subjects: readonly Omit<HostileSubject, "request" | "settings" | "hosts">[] = [
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

for (const subject of subjects) describeHostileAnswers({ ...subject, request, settings, hosts });
