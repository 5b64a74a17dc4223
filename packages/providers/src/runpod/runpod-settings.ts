import type { ProviderSetting } from "../provider.ts";

/** What an endpoint for pictures is sent unless the settings say otherwise. */
const GENERATION_INPUT = {
  prompt: "{{prompt}}",
  negative_prompt: "{{negativePrompt}}",
  width: "{{width}}",
  height: "{{height}}",
  num_inference_steps: "{{steps}}",
  guidance_scale: "{{guidance}}",
  seed: "{{seed}}",
  num_images: "{{count}}",
  image: "{{image}}",
  strength: "{{strength}}",
  loras: "{{loras}}",
};

/** What an endpoint for training is sent unless the settings say otherwise. */
const TRAINING_INPUT = {
  name: "{{jobId}}",
  trigger_word: "{{triggerWord}}",
  images_zip: "{{imagesZip}}",
  images_url: "{{imagesUrl}}",
  steps: "{{steps}}",
  rank: "{{rank}}",
  learning_rate: "{{learningRate}}",
  resolution: "{{resolution}}",
};

type Words = Pick<ProviderSetting, "name" | "label" | "description" | "env"> & { readonly default?: string };

const optional = (words: Words): ProviderSetting => ({ ...words, isSecret: false, isRequired: false });

const price = (name: string, what: string, env: string) =>
  optional({
    name,
    label: `Price of ${what}`,
    description: `US dollars a second of the worker that runs ${what}, from your endpoint's page. RunPod does not tell it; without it costs are unknown.`,
    env,
  });

export const RUNPOD_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "key",
    label: "API key",
    description: "From runpod.io, Settings, API keys. It must be allowed to use your endpoints.",
    env: "RUNPOD_API_KEY",
    isSecret: true,
    isRequired: true,
  },
  optional({
    name: "apiUrl",
    label: "Address",
    description: "Where RunPod's serverless API is.",
    env: "RUNPOD_API_URL",
    default: "https://api.runpod.ai/v2",
  }),
  optional({
    name: "generationEndpoint",
    label: "Endpoint for pictures",
    description: "Id of the serverless endpoint that makes pictures.",
    env: "RUNPOD_GENERATION_ENDPOINT",
  }),
  optional({
    name: "generationInput",
    label: "Input for pictures",
    description:
      "JSON that your worker takes as input. {{prompt}}, {{negativePrompt}}, {{width}}, {{height}}, {{steps}}, {{guidance}}, {{seed}}, {{count}}, {{image}} (a data URL), {{strength}}, {{loras}} and {{jobId}} are filled in; fields without a value are left out.",
    env: "RUNPOD_GENERATION_INPUT",
    default: JSON.stringify(GENERATION_INPUT),
  }),
  price("generationUsdPerSecond", "pictures", "RUNPOD_GENERATION_USD_PER_SECOND"),
  optional({
    name: "trainingEndpoint",
    label: "Endpoint for training",
    description: "Id of the serverless endpoint that trains LoRAs.",
    env: "RUNPOD_TRAINING_ENDPOINT",
  }),
  optional({
    name: "trainingInput",
    label: "Input for training",
    description:
      "JSON that your worker takes as input. {{imagesZip}} (a zip in base64), {{images}} (a list of name, caption and base64), {{imagesUrl}}, {{triggerWord}}, {{steps}}, {{rank}}, {{learningRate}}, {{resolution}} and {{jobId}} are filled in; fields without a value are left out.",
    env: "RUNPOD_TRAINING_INPUT",
    default: JSON.stringify(TRAINING_INPUT),
  }),
  price("trainingUsdPerSecond", "training", "RUNPOD_TRAINING_USD_PER_SECOND"),
];
