import type { ProviderSetting } from "../provider.ts";

export const COMFYUI_SETTINGS: readonly ProviderSetting[] = [
  {
    name: "baseUrl",
    label: "Address",
    description: "Where ComfyUI runs.",
    env: "COMFYUI_BASE_URL",
    isSecret: false,
    isRequired: false,
    default: "http://127.0.0.1:8188",
  },
  {
    name: "workflow",
    label: "Own workflow",
    description:
      "A workflow in API format, with slots such as {{prompt}} and {{seed}}. Used by jobs that bring none of their own.",
    env: "COMFYUI_WORKFLOW",
    isSecret: false,
    isRequired: false,
  },
  {
    name: "token",
    label: "Token",
    description: "Only behind a proxy that asks for one; sent as a bearer token.",
    env: "COMFYUI_TOKEN",
    isSecret: true,
    isRequired: false,
  },
];
