import type { JsonObject } from "@safelight/shared";
import { inlineResult } from "../answered/inline-picture.ts";
import type { ProviderResult } from "../provider.ts";
import type { LossPoint } from "./ai-toolkit-jobs.ts";

export interface TrainingResultsOptions {
  /** The job's name, which its files begin with. */
  readonly name: string;
  /** Paths on the trainer's machine. */
  readonly files: readonly string[];
  readonly samples: readonly string[];
  readonly loss: readonly LossPoint[];
  readonly details: JsonObject;
  open(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** What a training made: the LoRA, the samples of its last step, and the loss curve. Empty without a LoRA. */
export function trainingResults(options: TrainingResultsOptions): readonly ProviderResult[] {
  const { name, files, samples, loss, details } = options;
  const lora = loraAmong(files, name);
  if (lora === undefined) return [];
  const file = (path: string, type: ProviderResult["type"], told: JsonObject): ProviderResult => ({
    name: baseName(path),
    type,
    details: told,
    open: async (signal) => options.open(path, signal),
  });
  const last = loss.at(-1);
  const told = { ...details, ...(last !== undefined && { loss: last.value }) };
  const curve = inlineResult({
    name: "loss.csv",
    type: "file",
    details: {},
    bytes: new TextEncoder().encode(
      `step,loss\n${loss.map(({ step, value }) => `${step},${value}\n`).join("")}`,
    ),
  });
  return [
    file(lora, "lora", told),
    ...lastSamples(samples).map(({ path, step }) => file(path, "file", { step })),
    ...(loss.length > 0 ? [curve] : []),
  ];
}

/** The finished file is called like the job; checkpoints have their step after it, and the last one will do. */
function loraAmong(files: readonly string[], name: string): string | undefined {
  const loras = files.filter((path) => path.endsWith(".safetensors"));
  return loras.find((path) => baseName(path) === `${name}.safetensors`) ?? loras.toSorted().at(-1);
}

/** `1733500000000__000000250_0.jpg`: time, step, number. */
const SAMPLE = /__(\d+)_\d+\.(?:png|jpe?g|webp)$/i;

function lastSamples(paths: readonly string[]): readonly { readonly path: string; readonly step: number }[] {
  const numbered = paths.flatMap((path) => {
    const step = SAMPLE.exec(path)?.[1];
    return step === undefined ? [] : [{ path, step: Number(step) }];
  });
  const last = Math.max(...numbered.map(({ step }) => step));
  return numbered.filter(({ step }) => step === last);
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
