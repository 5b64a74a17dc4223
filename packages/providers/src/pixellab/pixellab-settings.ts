import type { ProviderSetting } from "../provider.ts";

export const PIXELLAB_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "apiKey",
    label: "API key",
    description: "From your account page at pixellab.ai.",
    env: "PIXELLAB_API_KEY",
    isSecret: true,
    isRequired: true,
  },
  {
    name: "baseUrl",
    label: "Address",
    description: "Where the API is, without a version.",
    env: "PIXELLAB_BASE_URL",
    isSecret: false,
    isRequired: false,
    default: "https://api.pixellab.ai",
  },
];
