import type { ProviderHost } from "./provider-host.ts";
import type { Provider } from "./provider.ts";
import { createFalProvider } from "./fal/fal-provider.ts";
import { createReplicateProvider } from "./replicate/replicate-provider.ts";
import { createRunpodProvider } from "./runpod/runpod-provider.ts";
import { createPixellabProvider } from "./pixellab/pixellab-provider.ts";
import { OPENAI_LOCAL } from "./openai/openai-presets.ts";
import { createOpenaiProvider } from "./openai/openai-provider.ts";
import { createGeminiProvider } from "./gemini/gemini-provider.ts";
import { createA1111Provider } from "./a1111/a1111-provider.ts";
import { createComfyuiProvider } from "./comfyui/comfyui-provider.ts";
import { createAiToolkitProvider } from "./ai-toolkit/ai-toolkit-provider.ts";
import { createLocalProvider } from "./local/local-provider.ts";

/** How each provider is made. Adding one is a folder and a line here. */
const FACTORIES: readonly ((hostOf: (providerId: string) => ProviderHost) => Provider)[] = [
  () => createLocalProvider(),
  (hostOf) => createFalProvider(hostOf("fal")),
  (hostOf) => createReplicateProvider(hostOf("replicate")),
  (hostOf) => createRunpodProvider(hostOf("runpod")),
  (hostOf) => createPixellabProvider(hostOf("pixellab")),
  (hostOf) => createOpenaiProvider(hostOf("openai")),
  (hostOf) => createOpenaiProvider(hostOf("openai-local"), OPENAI_LOCAL),
  (hostOf) => createGeminiProvider(hostOf("gemini")),
  (hostOf) => createA1111Provider(hostOf("a1111")),
  (hostOf) => createComfyuiProvider(hostOf("comfyui")),
  (hostOf) => createAiToolkitProvider(hostOf("ai-toolkit")),
];

/** Every provider of a studio by id, whether it is configured or not. The caller closes them. */
export function createProviders(hostOf: (providerId: string) => ProviderHost): ReadonlyMap<string, Provider> {
  return new Map(
    FACTORIES.map((create) => create(hostOf)).map((provider) => [provider.capabilities.id, provider]),
  );
}
