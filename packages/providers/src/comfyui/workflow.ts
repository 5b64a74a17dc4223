import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";

/** A workflow as ComfyUI's API takes it: nodes by their ids. */
export type Workflow = { readonly [node: string]: WorkflowNode };
export type WorkflowNode = JsonObject & { readonly class_type: string };

/** The workflow in a text, or what is wrong with it. */
export function parseWorkflow(text: string): Workflow | { readonly fault: string } {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'The workflow is not JSON. Slots stand in quotes: "{{seed}}".' };
  }
  if (!isJsonObject(value)) return { fault: "The workflow is not a JSON object." };
  if (Array.isArray(value["nodes"])) {
    return { fault: "This is a workflow as the editor saves it. Export it in API format instead." };
  }
  const nodes = Object.entries(value);
  if (nodes.length === 0) return { fault: "The workflow has no nodes." };
  for (const [id, node] of nodes) {
    if (!isNode(node)) return { fault: `Node ${id} of the workflow has no class_type.` };
  }
  return value as Workflow;
}

function isNode(value: Json): value is WorkflowNode {
  return isJsonObject(value) && typeof value["class_type"] === "string";
}

/** The built-in workflow from words to pictures, for any Stable Diffusion checkpoint. */
export const DEFAULT_WORKFLOW: Workflow = {
  "3": {
    class_type: "KSampler",
    inputs: {
      seed: "{{seed}}",
      steps: "{{steps}}",
      cfg: "{{guidance}}",
      sampler_name: "{{sampler}}",
      scheduler: "{{scheduler}}",
      denoise: 1,
      model: ["4", 0],
      positive: ["6", 0],
      negative: ["7", 0],
      latent_image: ["5", 0],
    },
  },
  "4": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "{{checkpoint}}" } },
  "5": {
    class_type: "EmptyLatentImage",
    inputs: { width: "{{width}}", height: "{{height}}", batch_size: "{{count}}" },
  },
  "6": { class_type: "CLIPTextEncode", inputs: { text: "{{prompt}}", clip: ["4", 1] } },
  "7": { class_type: "CLIPTextEncode", inputs: { text: "{{negative}}", clip: ["4", 1] } },
  "8": { class_type: "VAEDecode", inputs: { samples: ["3", 0], vae: ["4", 2] } },
  "9": { class_type: "SaveImage", inputs: { filename_prefix: "safelight", images: ["8", 0] } },
};

/** A LoRA as ComfyUI knows it: by the name of its file. */
export interface NamedLora {
  readonly name: string;
  readonly scale: number;
}

const CHECKPOINT_NODE = "4";

/** The built-in workflow with LoRAs between the checkpoint and whatever uses its model and its text encoder. */
export function withLoras(workflow: Workflow, loras: readonly NamedLora[]): Workflow {
  if (loras.length === 0) return workflow;
  const idOf = (index: number) => (index < 0 ? CHECKPOINT_NODE : `lora-${index + 1}`);
  const chain = loras.map(({ name, scale }, index): [string, WorkflowNode] => [
    idOf(index),
    {
      class_type: "LoraLoader",
      inputs: {
        lora_name: name,
        strength_model: scale,
        strength_clip: scale,
        model: [idOf(index - 1), 0],
        clip: [idOf(index - 1), 1],
      },
    },
  ]);
  const last = idOf(loras.length - 1);
  return { ...rewire(workflow, last), ...Object.fromEntries(chain) };
}

/** The checkpoint's outputs 0 (model) and 1 (text encoder) come from `source` from now on; its VAE stays. */
function rewire(workflow: Workflow, source: string): Workflow {
  const isRewired = (value: Json): boolean =>
    Array.isArray(value) && value[0] === CHECKPOINT_NODE && (value[1] === 0 || value[1] === 1);
  return Object.fromEntries(
    Object.entries(workflow).map(([id, node]) => {
      const inputs = isJsonObject(node["inputs"] ?? null) ? (node["inputs"] as JsonObject) : {};
      const wired = Object.entries(inputs).map(([name, value]): [string, Json] => [
        name,
        isRewired(value) && Array.isArray(value) ? [source, value[1] as Json] : value,
      ]);
      return [id, { ...node, inputs: Object.fromEntries(wired) }];
    }),
  );
}
