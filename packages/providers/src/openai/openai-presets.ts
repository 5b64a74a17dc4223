import type { ProviderSetting } from "../provider.ts";
import { tokenPriceSetting } from "../said-usage.ts";

/** One kind of server that speaks OpenAI's protocol. */
export interface OpenaiPreset {
  readonly id: string;
  readonly name: string;
  readonly paid: boolean;
  readonly concurrency: number;
  readonly settings: readonly ProviderSetting[];
}

export const OPENAI: OpenaiPreset = {
  id: "openai",
  name: "OpenAI",
  paid: true,
  concurrency: 4,
  settings: [
    {
      name: "apiKey",
      label: "API key",
      description: "From platform.openai.com, or from whoever runs the server at the address below.",
      env: "OPENAI_API_KEY",
      isSecret: true,
      isRequired: true,
    },
    {
      name: "baseUrl",
      label: "Address",
      description:
        "OpenAI, or another paid server of the same protocol, such as https://openrouter.ai/api/v1.",
      env: "OPENAI_BASE_URL",
      isSecret: false,
      isRequired: false,
      default: "https://api.openai.com/v1",
    },
    {
      name: "chatModel",
      label: "Model for text",
      description: "Used when a job names no other.",
      env: "OPENAI_CHAT_MODEL",
      isSecret: false,
      isRequired: false,
      default: "gpt-4o-mini",
    },
    {
      name: "imageModel",
      label: "Model for pictures",
      description: "Used when a job names no other.",
      env: "OPENAI_IMAGE_MODEL",
      isSecret: false,
      isRequired: false,
      default: "gpt-image-1",
    },
    tokenPriceSetting("chatInputPrice", "OPENAI_CHAT_INPUT_USD_PER_MILLION", {
      of: "what a text model reads",
      model: "model for text",
    }),
    tokenPriceSetting("chatOutputPrice", "OPENAI_CHAT_OUTPUT_USD_PER_MILLION", {
      of: "what a text model writes",
      model: "model for text",
    }),
    tokenPriceSetting("imageInputPrice", "OPENAI_IMAGE_INPUT_USD_PER_MILLION", {
      of: "what a picture model reads",
      model: "model for pictures",
    }),
    tokenPriceSetting("imageOutputPrice", "OPENAI_IMAGE_OUTPUT_USD_PER_MILLION", {
      of: "pictures",
      model: "model for pictures",
    }),
  ],
};

/** A server on one's own machine, beside a paid one: what it makes costs nothing. */
export const OPENAI_LOCAL: OpenaiPreset = {
  id: "openai-local",
  name: "Own model server",
  paid: false,
  concurrency: 1,
  settings: [
    {
      name: "baseUrl",
      label: "Address",
      description:
        "Ollama: http://127.0.0.1:11434/v1. LM Studio: http://127.0.0.1:1234/v1. vLLM: http://127.0.0.1:8000/v1.",
      env: "OPENAI_LOCAL_BASE_URL",
      isSecret: false,
      isRequired: false,
      default: "http://127.0.0.1:11434/v1",
    },
    {
      name: "apiKey",
      label: "API key",
      description: "Only where the server asks for one.",
      env: "OPENAI_LOCAL_API_KEY",
      isSecret: true,
      isRequired: false,
    },
    {
      name: "chatModel",
      label: "Model for text",
      description: "As the server's own list names it, such as llama3.2.",
      env: "OPENAI_LOCAL_CHAT_MODEL",
      isSecret: false,
      isRequired: false,
      default: "llama3.2",
    },
    {
      name: "imageModel",
      label: "Model for pictures",
      description: "As the server's own list names it. Few servers have one.",
      env: "OPENAI_LOCAL_IMAGE_MODEL",
      isSecret: false,
      isRequired: false,
    },
  ],
};
