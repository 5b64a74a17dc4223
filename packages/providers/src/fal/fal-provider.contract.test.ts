import { createFalFake } from "../../testing/fal/create-fal-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createFalProvider } from "./fal-provider.ts";

const lora = { scale: 1, url: "https://example.test/lora.safetensors" };
const unknownRemote = { id: "never-sent", model: "fal-ai/flux/dev" };
const shared = {
  createFake: createFalFake,
  create: createFalProvider,
  keySetting: "key",
  unknownRemote,
  findsByInput: true,
  listsRuns: true,
};

describeRemoteProviderContract({
  ...shared,
  name: "fal",
  quick: {
    kind: "image",
    model: "fal-ai/flux-lora",
    prompt: "a quiet sea",
    params: { count: 2, loras: [lora] },
  },
  refused: [
    { params: { width: 100 }, path: "/params/width" },
    { params: { width: 1025 }, path: "/params/width" },
    { params: { steps: 51 }, path: "/params/steps" },
    { params: { guidance: 0 }, path: "/params/guidance" },
    { params: { seed: -1 }, path: "/params/seed" },
    { params: { count: 5 }, path: "/params/count" },
    { params: { loras: [{ scale: 9 }] }, path: "/params/loras/0/scale" },
    { params: { loras: [lora, { scale: 1 }] }, path: "/params/loras/1" },
    { params: { cfg: 3 }, path: "/params/cfg" },
  ],
});
