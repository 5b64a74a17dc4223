import type { Provider } from "./provider.ts";
import { createLocalProvider } from "./local/local-provider.ts";

/** Every provider of a studio by id. Adding one is a folder and a line here. The caller closes them. */
export function createProviders(): ReadonlyMap<string, Provider> {
  const providers: readonly Provider[] = [createLocalProvider()];
  return new Map(providers.map((provider) => [provider.capabilities.id, provider]));
}
