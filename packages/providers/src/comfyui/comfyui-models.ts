import { type BlobRef, isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import { checkRequest, modelFor, type RequestFault } from "../check-request.ts";
import { jobSeed } from "../job-seed.ts";
import type { ProviderModel, ProviderRequest } from "../provider.ts";
import { DefaultParams, WorkflowParams } from "./comfyui-params.ts";
import { fillSlots, slotsIn, type SlotValues } from "../fill-slots.ts";
import { DEFAULT_WORKFLOW, parseWorkflow, type Workflow, withLoras } from "./workflow.ts";

export const COMFYUI_MODELS: readonly ProviderModel[] = [
  { id: "txt2img", name: "Text to picture", kind: "image", params: DefaultParams },
  { id: "workflow", name: "Own workflow", kind: "image", params: WorkflowParams },
  { id: "workflow-video", name: "Own workflow for video", kind: "video", params: WorkflowParams },
];

/** What has to be at the server before a workflow can be filled. */
export interface WorkflowNeeds {
  readonly pictures: Readonly<Record<string, BlobRef>>;
  /** Whether the first checkpoint that the server has is to be used. */
  readonly anyCheckpoint: boolean;
}

/** What `prepare` found: names of uploaded pictures by slot, and a checkpoint. */
export interface WorkflowSupplies {
  readonly pictures: Readonly<Record<string, string>>;
  readonly checkpoint?: string;
}

/** The first fault of a request. `ownWorkflow` is the one of the settings. */
export function checkComfyui(
  request: ProviderRequest,
  ownWorkflow: string | undefined,
): RequestFault | undefined {
  const fault = checkRequest(COMFYUI_MODELS, request) ?? checkLoraNames(request);
  if (fault !== undefined || isDefault(request)) return fault;
  const parsed = workflowOf(request, ownWorkflow);
  if ("fault" in parsed && typeof parsed["fault"] === "string") {
    return { path: "/params/workflow", message: parsed["fault"] };
  }
  const { pictures } = needsOf(request, ownWorkflow);
  const values: SlotValues = { ...valuesOf(request), ...pictures, checkpoint: "any" };
  const empty = [...slotsIn(parsed as Workflow)].find(
    ([name, { isOptional }]) => !isOptional && values[name] === undefined,
  );
  if (empty === undefined) return undefined;
  return { path: "/params/workflow", message: `The workflow wants a value for its slot {{${empty[0]}}}.` };
}

export function needsOf(request: ProviderRequest, ownWorkflow: string | undefined): WorkflowNeeds {
  if (isDefault(request)) return { pictures: {}, anyCheckpoint: request.params["checkpoint"] === undefined };
  const { picture, mask, checkpoint } = Value.Decode(WorkflowParams, request.params);
  const pictures = { ...(picture !== undefined && { picture }), ...(mask !== undefined && { mask }) };
  const asksFor = slotsIn(workflowOf(request, ownWorkflow)).get("checkpoint");
  return { pictures, anyCheckpoint: checkpoint === undefined && asksFor?.isOptional === false };
}

/** The nodes to send. The request has passed `checkComfyui`. */
export function buildWorkflow(
  request: ProviderRequest,
  ownWorkflow: string | undefined,
  { pictures, checkpoint }: WorkflowSupplies,
): Workflow {
  const values = { ...(checkpoint !== undefined && { checkpoint }), ...valuesOf(request), ...pictures };
  if (!isDefault(request)) return fillSlots(workflowOf(request, ownWorkflow), values) as Workflow;
  const { loras = [] } = Value.Decode(DefaultParams, request.params);
  const named = loras.map(({ name = "", scale }) => ({ name: fileName(name), scale }));
  return withLoras(fillSlots(DEFAULT_WORKFLOW, values) as Workflow, named);
}

/** What is kept with the results. */
export function detailsOf(request: ProviderRequest): JsonObject {
  const { seed = null, width = null, height = null, ...rest } = valuesOf(request);
  if (!isDefault(request)) return { seed };
  const { steps = null, guidance = null, sampler = null, scheduler = null } = rest;
  return { seed, width, height, steps, guidanceScale: guidance, sampler, scheduler };
}

const PRESETS = {
  width: 1024,
  height: 1024,
  steps: 20,
  guidance: 7,
  count: 1,
  sampler: "euler",
  scheduler: "normal",
} as const;

function valuesOf(request: ProviderRequest): Record<string, Json> {
  const {
    workflow: _workflow,
    picture: _picture,
    mask: _mask,
    loras: _loras,
    values,
    ...named
  } = request.params;
  return {
    ...PRESETS,
    seed: jobSeed(request.jobId),
    ...(isJsonObject(values ?? null) && (values as JsonObject)),
    ...named,
    prompt: request.prompt,
    negative: request.negativePrompt ?? "",
  };
}

function isDefault(request: ProviderRequest): boolean {
  return modelFor(COMFYUI_MODELS, request)?.id === "txt2img";
}

function workflowOf({ params }: ProviderRequest, own: string | undefined): JsonObject {
  const given = params["workflow"];
  const text = typeof given === "string" && given.trim() !== "" ? given : own;
  return text === undefined ? { fault: "Give a workflow here or in the settings." } : parseWorkflow(text);
}

function checkLoraNames({ params }: ProviderRequest): RequestFault | undefined {
  const loras = params["loras"];
  if (!Array.isArray(loras)) return undefined;
  const nameless = loras.findIndex(
    (lora: JsonObject) => typeof lora["name"] !== "string" || lora["name"] === "",
  );
  if (nameless < 0) return undefined;
  const message = "Name the LoRA as its file in ComfyUI's folder is called.";
  return { path: `/params/loras/${nameless}/name`, message };
}

function fileName(name: string): string {
  return /\.(safetensors|pt|ckpt|bin)$/i.test(name) ? name : `${name}.safetensors`;
}
