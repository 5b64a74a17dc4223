import type { ProviderSetting } from "../provider.ts";
import { tokenPriceSetting } from "../said-usage.ts";

export const GEMINI_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "apiKey",
    label: "API key",
    description: "From Google AI Studio.",
    env: "GEMINI_API_KEY",
    isSecret: true,
    isRequired: true,
  },
  {
    name: "imageModel",
    label: "Model",
    description: "Used when a job names no other, such as gemini-3-pro-image-preview.",
    env: "GEMINI_IMAGE_MODEL",
    isSecret: false,
    isRequired: false,
    default: "gemini-2.5-flash-image",
  },
  tokenPriceSetting("inputPrice", "GEMINI_INPUT_USD_PER_MILLION", {
    of: "what is read",
    model: "model",
  }),
  tokenPriceSetting("outputPrice", "GEMINI_OUTPUT_USD_PER_MILLION", {
    of: "pictures",
    model: "model",
  }),
  {
    name: "baseUrl",
    label: "Address",
    description: "Where the API is, with its version.",
    env: "GEMINI_BASE_URL",
    isSecret: false,
    isRequired: false,
    default: "https://generativelanguage.googleapis.com/v1beta",
  },
];
