import { describeHostileAnswers } from "../testing/hostile-answers.ts";
import { smallPng } from "../testing/png.ts";
import { createA1111Provider } from "./a1111/a1111-provider.ts";
import { createAiToolkitProvider } from "./ai-toolkit/ai-toolkit-provider.ts";
import { createComfyuiProvider } from "./comfyui/comfyui-provider.ts";
import { promptIdOf } from "./comfyui/prompt-id.ts";
import { createGeminiProvider } from "./gemini/gemini-provider.ts";
import { createOpenaiProvider } from "./openai/openai-provider.ts";
import { createPixellabProvider } from "./pixellab/pixellab-provider.ts";

/* Providers that answer at once, and those on one's own machine. */

const base64 = smallPng(3).toString("base64");
const settings = {
  apiKey: "key-0123456789",
  baseUrl: "https://home.test",
  imageModel: "fake",
  chatModel: "fake",
};
const hosts = /^home\.test$/;
const image = { jobId: "job-1", kind: "image", prompt: "a sea", params: {} } as const;

describeHostileAnswers({
  name: "pixellab",
  create: createPixellabProvider,
  settings,
  hosts,
  request: { ...image, kind: "sprite" },
  answers: [
    { image: { type: "base64", base64, format: "png" }, usage: { type: "usd", usd: 0.01 } },
    {
      image: { type: "rgba_bytes", width: 64, base64: Buffer.alloc(64 * 64 * 4).toString("base64") },
      usd: 1,
    },
  ],
});

describeHostileAnswers({
  name: "pixellab's background jobs",
  create: createPixellabProvider,
  settings,
  hosts,
  request: { ...image, kind: "sprite", model: "generate-v2" },
  details: { model: "generate-v2", width: 64, height: 64 },
  answers: [
    {
      background_job_id: "run-1",
      status: "completed",
      usage: { type: "usd", usd: 0.01 },
      last_response: { images: [{ type: "rgba_bytes", width: 2, base64: "AAAAAAAAAAA=" }] },
    },
    { background_job_id: "run-1", status: "failed", last_response: { detail: [{ loc: ["a"], msg: "no" }] } },
  ],
});

describeHostileAnswers({
  name: "openai, pictures",
  create: createOpenaiProvider,
  settings,
  hosts,
  request: image,
  answers: [
    {
      created: 1,
      data: [{ b64_json: base64, revised_prompt: "x" }],
      usage: { input_tokens: 1, output_tokens: 2 },
    },
    { created: 1, data: [{ url: "https://a.test/x.png" }] },
  ],
});

const chunk = {
  model: "m",
  choices: [{ delta: { content: "a" }, finish_reason: "stop" }],
  usage: { cost: 0.1 },
};
for (const contentType of ["application/json", "text/event-stream"]) {
  describeHostileAnswers({
    name: `openai, text as ${contentType}`,
    create: createOpenaiProvider,
    settings,
    hosts,
    contentType,
    request: { ...image, kind: "chat" },
    answers: [chunk, { ...chunk, choices: [{ message: { content: "a" } }] }, { error: { message: "no" } }],
  });
}

describeHostileAnswers({
  name: "gemini",
  create: createGeminiProvider,
  settings,
  hosts,
  request: image,
  answers: [
    {
      candidates: [
        {
          content: { parts: [{ text: "a" }, { inlineData: { mimeType: "image/png", data: base64 } }] },
          finishReason: "STOP",
        },
      ],
      usageMetadata: { promptTokenCount: 1, totalTokenCount: 3 },
    },
    { promptFeedback: { blockReason: "SAFETY" } },
  ],
});

describeHostileAnswers({
  name: "a1111",
  create: createA1111Provider,
  settings,
  hosts,
  request: image,
  answers: [
    { images: [base64], parameters: {}, info: JSON.stringify({ all_seeds: [1], index_of_first_image: 0 }) },
    { active: true, queued: false, completed: false, progress: 0.5, textinfo: "Sampling" },
    { active: false, queued: false, completed: true },
  ],
});

const promptId = promptIdOf("run-1");
const item = [
  1,
  promptId,
  { "9": { class_type: "SaveImage" } },
  { safelight: { job: "run-1", details: {} } },
  ["9"],
];
describeHostileAnswers({
  name: "comfyui",
  create: createComfyuiProvider,
  // Nobody listens there: its socket calls without the host's fetch.
  settings: { baseUrl: "http://127.0.0.1:9" },
  hosts: /^127\.0\.0\.1$/,
  request: { ...image, params: { checkpoint: "a.safetensors" } },
  answers: [
    {
      prompt_id: promptId,
      queue_running: [],
      queue_pending: [],
      [promptId]: {
        prompt: item,
        outputs: { "9": { images: [{ filename: "a.png", subfolder: "", type: "output" }] } },
        status: { status_str: "success", completed: true, messages: [["execution_start", { timestamp: 1 }]] },
      },
    },
    { prompt_id: promptId, queue_running: [item], queue_pending: [[2, "other", {}, {}]] },
    {
      [promptId]: {
        prompt: item,
        outputs: {},
        status: {
          status_str: "error",
          messages: [["execution_error", { node_type: "A", exception_message: "b" }]],
        },
      },
    },
  ],
});

const job = {
  id: "run-1",
  name: "job-1",
  status: "completed",
  stop: false,
  step: 10,
  total_steps: 10,
  created_at: "2026-01-01T00:00:00Z",
};
describeHostileAnswers({
  name: "ai-toolkit",
  create: createAiToolkitProvider,
  settings,
  hosts,
  request: {
    ...image,
    kind: "training",
    params: {
      images: [{ image: { sha256: "ab".repeat(32), sizeBytes: 1, mime: "image/png" }, caption: "" }],
    },
  },
  answers: [
    {
      ...job,
      jobs: [job],
      files: [{ path: "/a/job-1.safetensors", size: 1 }],
      samples: ["/a/1__000000010_0.jpg"],
      keys: ["loss"],
      points: [{ step: 1, value: 0.5 }],
      log: "a\nb",
      offset: 3,
      reset: false,
    },
    { ...job, jobs: [{ ...job, status: "running" }], points: [] },
  ],
});
