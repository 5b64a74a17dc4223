import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isRecord } from "../../src/http/is-record.ts";
import type { FakeKit } from "../create-fake-server.ts";
import type { FakeRun } from "../fake-runs.ts";
import { PRIVATE_URL } from "../misbehave.ts";
import { smallPng } from "../png.ts";
import { smallMp4, smallSafetensors, smallTar } from "../small-files.ts";

/** What a fake of Replicate keeps of a run. */
export interface ReplicateFakeRun {
  readonly kind: "prediction" | "training";
  readonly model: string;
  readonly version: string;
  readonly destination: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly webhook: string | undefined;
  readonly createdAt: string;
}

interface CreateBody {
  readonly version?: string;
  readonly destination?: string;
  readonly input?: unknown;
  readonly webhook?: string;
}
interface ById {
  readonly Params: { readonly id: string };
}

/** What a picture, a video and a training cost at the fake, in US dollars. */
const USD = { image: 0.025, video: 0.5, training: 1.46 };

const STATUS = {
  queued: "starting",
  running: "processing",
  succeeded: "succeeded",
  failed: "failed",
  canceled: "canceled",
} as const;

export function addReplicateRuns(app: FastifyInstance, kit: FakeKit<ReplicateFakeRun>): void {
  const { runs } = kit;
  const submit = { config: { call: "submit" as const } };

  function begin(
    request: FastifyRequest<{ Body: CreateBody }>,
    reply: FastifyReply,
    what: Pick<ReplicateFakeRun, "kind" | "model" | "version">,
  ) {
    const { input, destination, webhook } = request.body;
    const isWhole = isRecord(input) && (what.kind === "prediction" || destination !== undefined);
    if (webhook !== undefined && !webhook.startsWith("https:")) {
      return reply.code(422).send({ detail: "- webhook must be a valid HTTPS URL", status: 422 });
    }
    if (!isWhole) {
      return reply.code(422).send({
        title: "Input validation failed",
        detail: what.kind === "training" ? "- destination is required" : "- input is required",
        status: 422,
      });
    }
    const run = runs.begin({
      id: randomUUID().replaceAll("-", ""),
      usd: costOf(what, input),
      fate: request.misbehaviour,
      request: { ...what, input, destination, webhook, createdAt: new Date().toISOString() },
    });
    const foreign = request.misbehaviour?.do === "redirect-to-private";
    return reply.code(201).send(describe(run, foreign));
  }

  function describe(run: FakeRun<ReplicateFakeRun>, isForeign = false, files = `${kit.url()}/delivery`) {
    const { kind, model, version, input, createdAt } = run.request;
    const state = runs.stateOf(run);
    const get = isForeign ? PRIVATE_URL : `${kit.url()}/v1/${kind}s/${run.id}`;
    const isDone = state === "succeeded";
    const percent = Math.floor(runs.progressOf(run) * 100);
    return {
      id: run.id,
      model,
      version,
      input,
      status: STATUS[state],
      logs: state === "queued" ? "" : `Using seed: 7\n  0%|    | 0/100\r ${percent}%|██  | ${percent}/100\n`,
      output: isDone && run.fate !== "lose-result" ? outputOf(run, files) : null,
      error: state === "failed" ? "CUDA out of memory." : null,
      data_removed: isDone && run.fate === "lose-result",
      created_at: createdAt,
      completed_at: isDone ? new Date(run.begunAt + run.runMs).toISOString() : null,
      metrics: isDone ? { predict_time: run.runMs / 1000 } : {},
      urls: { get, cancel: `${get}/cancel` },
    };
  }

  app.post<{ Params: { owner: string; name: string }; Body: CreateBody }>(
    "/v1/models/:owner/:name/predictions",
    submit,
    (request, reply) =>
      begin(request, reply, {
        kind: "prediction",
        model: `${request.params.owner}/${request.params.name}`,
        version: "hidden",
      }),
  );
  app.post<{ Body: CreateBody }>("/v1/predictions", submit, (request, reply) =>
    begin(request, reply, {
      kind: "prediction",
      model: "studio/inkstyle",
      version: request.body.version ?? "",
    }),
  );
  app.post<{ Params: { owner: string; name: string; version: string }; Body: CreateBody }>(
    "/v1/models/:owner/:name/versions/:version/trainings",
    submit,
    (request, reply) => {
      const { owner, name, version } = request.params;
      return begin(request, reply, { kind: "training", model: `${owner}/${name}`, version });
    },
  );

  for (const kind of ["prediction", "training"] as const) {
    app.get<ById>(`/v1/${kind}s/:id`, { config: { call: "poll" } }, (request, reply) => {
      const run = runs.get(request.params.id);
      if (run?.request.kind !== kind) return reply.code(404).send({ detail: "Not found.", status: 404 });
      return describe(
        run,
        false,
        request.misbehaviour?.do === "redirect-to-private" ? PRIVATE_URL : undefined,
      );
    });
    app.post<ById>(`/v1/${kind}s/:id/cancel`, { config: { call: "cancel" } }, ({ params }, reply) => {
      const run = runs.get(params.id);
      if (run === undefined) return reply.code(404).send({ detail: "Not found.", status: 404 });
      runs.cancel(run);
      return describe(run);
    });
    app.get<{ Querystring: { cursor?: string } }>(`/v1/${kind}s`, ({ query }) => {
      const start = Number(query.cursor ?? 0);
      const all = runs.all().filter(({ request }) => request.kind === kind);
      const page = all.slice(start, start + PAGE);
      const isLast = start + PAGE >= all.length;
      // As in the real lists, trainings come without their input.
      const results = page.map((run) => {
        const { input, ...rest } = describe(run);
        return kind === "training" ? rest : { ...rest, input };
      });
      return {
        previous: null,
        next: isLast ? null : `${kit.url()}/v1/${kind}s?cursor=${start + PAGE}`,
        results,
      };
    });
  }

  app.get<{ Params: { id: string; name: string } }>(
    "/delivery/:id/:name",
    { config: { call: "artifact", isOpen: true } },
    ({ params: { id, name } }, reply) => {
      const run = runs.get(id);
      if (run === undefined) return reply.code(404).send();
      return reply.type("application/octet-stream").send(bytesOf(run, name));
    },
  );
}

/** Small, so that lists have a second page soon. */
const PAGE = 3;

function costOf(
  { kind, model }: Pick<ReplicateFakeRun, "kind" | "model">,
  input: Record<string, unknown>,
): number {
  if (kind === "training") return USD.training;
  return model === "minimax/video-01" ? USD.video : USD.image * Number(input["num_outputs"] ?? 1);
}

function outputOf(
  { id, request: { kind, model, destination, input } }: FakeRun<ReplicateFakeRun>,
  files: string,
) {
  if (kind === "training") {
    return { version: `${destination}:${"e".repeat(64)}`, weights: `${files}/${id}/trained_model.tar` };
  }
  if (model === "minimax/video-01") return `${files}/${id}/output.mp4`;
  return Array.from(
    { length: Number(input["num_outputs"] ?? 1) },
    (_, index) => `${files}/${id}/out-${index}.png`,
  );
}

function bytesOf({ request: { input } }: FakeRun<ReplicateFakeRun>, name: string): Buffer {
  if (name.endsWith(".mp4")) return smallMp4();
  if (!name.endsWith(".tar"))
    return smallPng(Number(input["seed"] ?? 0) + Number.parseInt(name.slice(4), 10));
  return smallTar({
    "output/flux_train_replicate/captions/0001.txt": Buffer.from("inkstyle"),
    "output/flux_train_replicate/config.yaml": Buffer.alloc(700, 0x61),
    "output/flux_train_replicate/lora.safetensors": smallSafetensors(input["trigger_word"]),
  });
}
