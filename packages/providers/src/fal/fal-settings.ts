import type { ProviderSetting } from "../provider.ts";

const address = (name: string, label: string, description: string, env: string, preset: string) => ({
  name,
  label,
  description,
  env,
  isSecret: false,
  isRequired: false,
  default: preset,
});

export const FAL_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "key",
    label: "API key",
    description: "From fal.ai, Dashboard, Keys. The scope API is enough.",
    env: "FAL_KEY",
    isSecret: true,
    isRequired: true,
  },
  address("queueUrl", "Queue address", "Where runs are sent.", "FAL_QUEUE_URL", "https://queue.fal.run"),
  address("restUrl", "Storage address", "Where inputs are uploaded.", "FAL_REST_URL", "https://rest.fal.ai"),
  address(
    "apiUrl",
    "Platform address",
    "Where prices and past runs are asked for.",
    "FAL_API_URL",
    "https://api.fal.ai/v1",
  ),
  address(
    "jwksUrl",
    "Webhook keys",
    "Where the public keys are that webhooks are signed with. Some of fal's pages name rest.alpha.fal.ai instead.",
    "FAL_JWKS_URL",
    "https://rest.fal.ai/.well-known/jwks.json",
  ),
  address(
    "cdnUrl",
    "Upload host",
    "The host that takes large uploads in parts and wants the key with them.",
    "FAL_CDN_URL",
    "https://v3.fal.media",
  ),
];
