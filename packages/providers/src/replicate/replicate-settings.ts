import type { ProviderSetting } from "../provider.ts";

/** What is charged by the second of a machine, and the setting that holds the price; other models have one for each picture. */
export const PRICE_BY_MODEL: ReadonlyMap<string, string> = new Map([
  ["lora-trainer", "trainingUsdPerSecond"],
  ["own-version", "ownVersionUsdPerSecond"],
]);

const price = (name: string, what: string, env: string): ProviderSetting => ({
  name,
  label: `Price of ${what}`,
  description: `US dollars a second of the machine that ${what} takes, from Replicate's page. Replicate does not tell it with a run; without it costs are unknown.`,
  env,
  isSecret: false,
  isRequired: false,
});

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
  price("trainingUsdPerSecond", "a training", "REPLICATE_TRAINING_USD_PER_SECOND"),
  price("ownVersionUsdPerSecond", "a version of your own", "REPLICATE_OWN_VERSION_USD_PER_SECOND"),
];
