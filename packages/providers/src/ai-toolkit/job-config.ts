import type { JsonObject } from "@safelight/shared";
import { jobSeed } from "../job-seed.ts";
import type { TrainingParams } from "./ai-toolkit-params.ts";
import { BASE_MODELS } from "./base-models.ts";

export interface JobConfigOptions {
  /** Names the folder and the files of the job. */
  readonly name: string;
  readonly prompt: string;
  readonly params: TrainingParams;
  /** The data set's folder on the trainer's machine. */
  readonly datasetFolder: string;
  /** Where the trainer writes. */
  readonly trainingFolder: string;
}

/** A training as AI Toolkit describes it. Values that no parameter names are its own interface's. */
export function jobConfig({
  name,
  prompt,
  params,
  datasetFolder,
  trainingFolder,
}: JobConfigOptions): JsonObject {
  const { baseModel = "flux", basePath, triggerWord, lowVram = false, rank = 16 } = params;
  const { steps = 2000, learningRate = 0.0001, batchSize = 1, resolution = 1024, saveEvery = 250 } = params;
  const base = BASE_MODELS[baseModel];
  const samples = (params.samplePrompts ?? prompt).split("\n").flatMap((line) => {
    const text = line.trim();
    return text === "" ? [] : [{ prompt: text }];
  });
  const process = {
    type: "diffusion_trainer",
    training_folder: trainingFolder,
    device: "cuda",
    trigger_word: triggerWord ?? null,
    performance_log_every: 10,
    network: { type: "lora", linear: rank, linear_alpha: rank },
    save: {
      dtype: "bf16",
      save_every: saveEvery,
      max_step_saves_to_keep: 4,
      save_format: "diffusers",
      push_to_hub: false,
    },
    datasets: [
      {
        folder_path: datasetFolder,
        caption_ext: "txt",
        default_caption: triggerWord ?? "",
        caption_dropout_rate: 0.05,
        cache_latents_to_disk: false,
        resolution: sidesUpTo(resolution),
        num_repeats: 1,
      },
    ],
    train: {
      batch_size: batchSize,
      steps,
      gradient_accumulation: 1,
      train_unet: true,
      train_text_encoder: false,
      gradient_checkpointing: true,
      noise_scheduler: base.sampler,
      optimizer: "adamw8bit",
      optimizer_params: { weight_decay: 0.0001 },
      lr: learningRate,
      ema_config: { use_ema: false, ema_decay: 0.99 },
      skip_first_sample: true,
      disable_sampling: samples.length === 0,
      dtype: "bf16",
      ...(baseModel === "flex1" && { bypass_guidance_embedding: true }),
    },
    logging: { log_every: 1, use_ui_logger: true },
    model: {
      ...base.model,
      ...(basePath !== undefined && { name_or_path: basePath }),
      ...(lowVram && { low_vram: true }),
    },
    sample: {
      sampler: base.sampler,
      sample_every: saveEvery,
      width: base.sample.side,
      height: base.sample.side,
      samples,
      neg: "",
      seed: jobSeed(name),
      walk_seed: true,
      guidance_scale: base.sample.guidance,
      sample_steps: base.sample.steps,
    },
  };
  return { job: "extension", config: { name, process: [process] }, meta: { name: "[name]", version: "1.0" } };
}

const SIDES = [512, 768, 1024, 1280, 1536];

/** Pictures are trained on at several sizes up to the largest, as AI Toolkit advises. */
function sidesUpTo(largest: number): readonly number[] {
  return [...SIDES.filter((side) => side < largest && side <= 1024), largest];
}
