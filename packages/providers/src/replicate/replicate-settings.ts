import type { ProviderSetting } from "../provider.ts";

export const REPLICATE_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "key",
    label: "API token",
    description: "From replicate.com, Account settings, API tokens.",
    env: "REPLICATE_API_TOKEN",
    isSecret: true,
    isRequired: true,
  },
  {
    name: "apiUrl",
    label: "Address",
    description: "Where Replicate's API is.",
    env: "REPLICATE_API_URL",
    isSecret: false,
    isRequired: false,
    default: "https://api.replicate.com/v1",
  },
  {
    name: "trainer",
    label: "Trainer",
    description: "The model that trains LoRAs: owner/name, or owner/name:version to stay with one version.",
    env: "REPLICATE_TRAINER",
    isSecret: false,
    isRequired: false,
    default: "ostris/flux-dev-lora-trainer",
  },
  {
    name: "destination",
    label: "Destination of trainings",
    description:
      "The model of yours that trainings are pushed to, as owner/name. It must exist at Replicate.",
    env: "REPLICATE_DESTINATION",
    isSecret: false,
    isRequired: false,
  },
];
