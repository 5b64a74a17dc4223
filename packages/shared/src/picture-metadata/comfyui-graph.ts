import {
  asObject,
  compact,
  numberOf,
  parseObject,
  type PictureLora,
  type PictureSettings,
  textOr,
} from "./picture-settings.ts";

type Inputs = Readonly<Record<string, unknown>>;
interface Node {
  readonly type: string;
  readonly inputs: Inputs;
}
type Graph = ReadonlyMap<string, Node>;

/** How far a link is followed: graphs from files can be circular. */
const MAX_DEPTH = 40;
const TEXT_INPUTS = [
  "text",
  "text_g",
  "t5xxl",
  "clip_l",
  "text_l",
  "prompt",
  "string",
  "value",
  "positive_prompt",
];
const CONDITIONING_INPUTS = ["conditioning", "conditioning_1", "conditioning_to", "positive", "cond"];

/** Reads ComfyUI's `prompt`, the graph that was run: sampler first, then what its links lead to. */
export function parseComfyUi(text: string): PictureSettings | undefined {
  const graph = graphOf(text);
  if (graph.size === 0) return undefined;
  const sampler = samplerOf(graph);
  if (sampler === undefined) return undefined;
  const { inputs } = sampler;
  const guider = follow(graph, inputs["guider"]);
  const scheduler = follow(graph, inputs["sigmas"]);
  const noise = follow(graph, inputs["noise"]);
  const chooser = follow(graph, inputs["sampler"]);
  const positive = inputs["positive"] ?? guider?.inputs["positive"] ?? guider?.inputs["conditioning"];
  const negative = inputs["negative"] ?? guider?.inputs["negative"];
  const latent = sizeBehind(graph, inputs["latent_image"] ?? inputs["latent"] ?? inputs["samples"]);
  const model = modelBehind(graph, inputs["model"] ?? guider?.inputs["model"] ?? scheduler?.inputs["model"]);
  const number = (...values: readonly unknown[]) =>
    values.map((value) => numberBehind(graph, value)).find((value) => value !== undefined);
  return compact<PictureSettings>({
    source: "comfyui",
    prompt: wordsBehind(graph, positive),
    negativePrompt: wordsBehind(graph, negative),
    steps: number(inputs["steps"], scheduler?.inputs["steps"]),
    guidanceScale: number(inputs["cfg"], guider?.inputs["cfg"]),
    seed: number(inputs["seed"], inputs["noise_seed"], noise?.inputs["noise_seed"]),
    width: latent?.width,
    height: latent?.height,
    sampler: textOr(inputs["sampler_name"] ?? chooser?.inputs["sampler_name"]) || undefined,
    model: model.name,
    loras: model.loras.length === 0 ? undefined : model.loras,
    made: undefined,
  });
}

function graphOf(text: string): Graph {
  const graph = new Map<string, Node>();
  for (const [id, value] of Object.entries(parseObject(text) ?? {})) {
    const node = asObject(value);
    const inputs = asObject(node?.["inputs"]);
    if (inputs !== undefined) graph.set(id, { type: textOr(node?.["class_type"]), inputs });
  }
  return graph;
}

/** The sampler that the picture came from: the last one, when several refine one another. */
function samplerOf(graph: Graph): Node | undefined {
  const nodes = [...graph.values()];
  return (
    nodes.findLast(({ inputs }) => "positive" in inputs && ("seed" in inputs || "noise_seed" in inputs)) ??
    nodes.findLast(({ inputs }) => "guider" in inputs && "noise" in inputs) ??
    nodes.findLast(({ type }) => type.includes("Sampler"))
  );
}

function follow(graph: Graph, link: unknown): Node | undefined {
  if (!Array.isArray(link)) return undefined;
  const [id] = link as readonly unknown[];
  return typeof id === "string" || typeof id === "number" ? graph.get(String(id)) : undefined;
}

/** Each node is looked at once: links of a made-up graph could branch without end. */
function wordsBehind(graph: Graph, value: unknown, seen: Set<Node> = new Set()): string {
  if (typeof value === "string") return value;
  const node = follow(graph, value);
  if (node === undefined || seen.has(node)) return "";
  seen.add(node);
  for (const name of [...TEXT_INPUTS, ...CONDITIONING_INPUTS]) {
    const words = wordsBehind(graph, node.inputs[name], seen);
    if (words.trim() !== "") return words;
  }
  return "";
}

function numberBehind(graph: Graph, value: unknown, depth = 0): number | undefined {
  const node = depth > MAX_DEPTH ? undefined : follow(graph, value);
  if (node === undefined) return numberOf(value);
  const inner = node.inputs["value"] ?? node.inputs["seed"] ?? node.inputs["int"] ?? node.inputs["number"];
  return inner === undefined ? undefined : numberBehind(graph, inner, depth + 1);
}

function sizeBehind(graph: Graph, link: unknown): { width: number; height: number } | undefined {
  let node = follow(graph, link);
  for (let depth = 0; node !== undefined && depth < MAX_DEPTH; depth += 1) {
    const width = numberBehind(graph, node.inputs["width"]);
    const height = numberBehind(graph, node.inputs["height"]);
    if (width !== undefined && height !== undefined) return { width, height };
    node = follow(graph, node.inputs["samples"] ?? node.inputs["latent"] ?? node.inputs["latent_image"]);
  }
  return undefined;
}

function modelBehind(
  graph: Graph,
  link: unknown,
): { name: string | undefined; loras: readonly PictureLora[] } {
  const loras: PictureLora[] = [];
  let node = follow(graph, link);
  for (let depth = 0; node !== undefined && depth < MAX_DEPTH; depth += 1) {
    const { inputs } = node;
    const lora = inputs["lora_name"];
    if (typeof lora === "string") {
      loras.unshift({ name: lora, scale: numberBehind(graph, inputs["strength_model"]) ?? 1 });
    }
    const name = inputs["ckpt_name"] ?? inputs["unet_name"] ?? inputs["model_name"];
    if (typeof name === "string") return { name, loras };
    node = follow(graph, inputs["model"]);
  }
  return { name: undefined, loras };
}
