import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { FakeKit } from "../create-fake-server.ts";
import type { FakeRun } from "../fake-runs.ts";
import { PRIVATE_URL } from "../misbehave.ts";
import { smallPng } from "../png.ts";
import { smallMp4, smallSafetensors } from "../small-files.ts";
import { falFakeUsd, type FalFakeRun, refusalOf, unitsOf } from "./fal-fake-runs.ts";

interface ById {
  readonly Params: { readonly id: string };
}

/** fal's queue, and the files that runs leave behind. */
export function addFalQueue(app: FastifyInstance, kit: FakeKit<FalFakeRun>): void {
  const { runs } = kit;

  app.post<{ Params: { "*": string }; Querystring: { fal_webhook?: string }; Body: Record<string, unknown> }>(
    "/queue/*",
    { config: { call: "submit" } },
    (request, reply) => {
      const model = request.params["*"];
      const refusal = refusalOf(model, request.body);
      if (refusal !== undefined) return reply.code(422).send(refusal);
      const units = unitsOf(model, request.body);
      const { id } = runs.begin({
        id: randomUUID(),
        usd: falFakeUsd(model, units),
        fate: request.misbehaviour,
        request: {
          model,
          input: request.body,
          webhookUrl: request.query.fal_webhook,
          sentAt: new Date().toISOString(),
          units,
        },
      });
      const base = `${kit.url()}/queue/${model.split("/").slice(0, 2).join("/")}/requests/${id}`;
      const foreign = request.misbehaviour?.do === "redirect-to-private";
      return {
        status: "IN_QUEUE",
        request_id: id,
        response_url: foreign ? PRIVATE_URL : base,
        status_url: foreign ? PRIVATE_URL : `${base}/status`,
        cancel_url: foreign ? PRIVATE_URL : `${base}/cancel`,
        queue_position: 0,
      };
    },
  );

  const find = (request: FastifyRequest<ById>, reply: FastifyReply): FakeRun<FalFakeRun> | undefined => {
    const run = runs.get(request.params.id);
    if (run === undefined) void reply.code(404).send({ detail: "Request not found" });
    return run;
  };

  app.get<ById>("/queue/:owner/:app/requests/:id/status", { config: { call: "poll" } }, (request, reply) => {
    const run = find(request, reply);
    if (run === undefined) return reply;
    const state = runs.stateOf(run);
    if (state === "queued") return reply.code(202).send({ status: "IN_QUEUE", queue_position: 2 });
    const percent = Math.floor(runs.progressOf(run) * 100);
    const logs = [
      { message: "Loading the model", level: "INFO" },
      { message: `${percent}%|████| ${percent}/100`, level: "INFO" },
    ];
    if (state === "running") return reply.code(202).send({ status: "IN_PROGRESS", logs });
    return {
      status: "COMPLETED",
      logs,
      metrics: { inference_time: 0.5 },
      ...(state === "failed" && { error: "Internal Server Error", error_type: "runner_server_error" }),
      ...(state === "canceled" && { error: "Request was cancelled", error_type: "client_cancelled" }),
    };
  });

  app.get<ById>("/queue/:owner/:app/requests/:id", { config: { call: "results" } }, (request, reply) => {
    const run = find(request, reply);
    if (run === undefined) return reply;
    switch (runs.stateOf(run)) {
      case "queued":
      case "running":
        return reply.code(400).send({ detail: "Request is still in progress" });
      case "canceled":
        return reply
          .code(499)
          .header("x-fal-error-type", "client_cancelled")
          .send({ detail: "Request was cancelled" });
      case "failed":
        return reply
          .code(500)
          .header("x-fal-error-type", "runner_server_error")
          .send({ detail: "The runner ran out of memory.", error_type: "runner_server_error" });
      case "succeeded":
        if (run.fate === "lose-result") return reply.code(404).send({ detail: "Result not found" });
        void reply
          .header("x-fal-billable-units", String(run.request.units))
          .header("x-fal-request-id", run.id);
        return outputOf(
          run,
          request.misbehaviour?.do === "redirect-to-private" ? PRIVATE_URL : `${kit.url()}/files`,
        );
    }
  });

  app.put<ById>(
    "/queue/:owner/:app/requests/:id/cancel",
    { config: { call: "cancel" } },
    (request, reply) => {
      const run = runs.get(request.params.id);
      if (run === undefined) return reply.code(404).send({ status: "NOT_FOUND" });
      if (runs.cancel(run)) return reply.code(202).send({ status: "CANCELLATION_REQUESTED" });
      return reply.code(400).send({ status: "ALREADY_COMPLETED" });
    },
  );

  app.get<{ Params: { id: string; name: string } }>(
    "/files/:id/:name",
    { config: { call: "artifact", isOpen: true } },
    ({ params: { id, name } }, reply) => {
      const run = runs.get(id);
      if (run === undefined) return reply.code(404).send();
      return reply.type(mimeOf(name)).send(bytesOf(run, name));
    },
  );
}

function outputOf({ id, request: { model, input } }: FakeRun<FalFakeRun>, files: string): unknown {
  const file = (name: string) => ({
    url: `${files}/${id}/${name}`,
    content_type: mimeOf(name),
    file_name: name,
  });
  if (model === "fal-ai/veo3") return { video: file("output.mp4") };
  if (model === "fal-ai/flux-lora-fast-training") {
    return {
      diffusers_lora_file: file("pytorch_lora_weights.safetensors"),
      config_file: file("config.json"),
    };
  }
  const count = Number(input["num_images"] ?? 1);
  return {
    images: Array.from({ length: count }, (_, index) => ({ ...file(`${index}.png`), width: 8, height: 8 })),
    seed: input["seed"],
    prompt: input["prompt"],
    timings: { inference: 0.5 },
    has_nsfw_concepts: Array.from({ length: count }, () => false),
  };
}

function mimeOf(name: string): string {
  if (name.endsWith(".png")) return "image/png";
  if (name.endsWith(".mp4")) return "video/mp4";
  return name.endsWith(".json") ? "application/json" : "application/octet-stream";
}

/** True files, small, that differ by run and place. */
function bytesOf({ request: { input } }: FakeRun<FalFakeRun>, name: string): Buffer {
  if (name.endsWith(".png")) return smallPng(Number(input["seed"] ?? 0) + Number.parseInt(name, 10));
  if (name.endsWith(".safetensors")) return smallSafetensors(input["trigger_word"]);
  if (name.endsWith(".mp4")) return smallMp4();
  return Buffer.from(JSON.stringify({ trigger_word: input["trigger_word"] ?? null }));
}
