import type { ProviderSetting } from "../provider.ts";

export const AI_TOOLKIT_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "baseUrl",
    label: "Address",
    description: "Where AI Toolkit's web interface runs.",
    env: "AI_TOOLKIT_BASE_URL",
    isSecret: false,
    isRequired: false,
    default: "http://127.0.0.1:8675",
  },
  {
    name: "token",
    label: "Token",
    description: "What AI_TOOLKIT_AUTH was set to, if it was.",
    env: "AI_TOOLKIT_AUTH",
    isSecret: true,
    isRequired: false,
  },
  {
    name: "gpu",
    label: "Graphics card",
    description: "The number of the card to train on, as AI Toolkit lists it; several with commas.",
    env: "AI_TOOLKIT_GPU",
    isSecret: false,
    isRequired: false,
    default: "0",
  },
];
