import { createReplicateFake } from "../../testing/replicate/create-replicate-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createReplicateProvider } from "./replicate-provider.ts";

const url = "https://example.test/lora.safetensors";

describeRemoteProviderContract({
  name: "replicate",
  createFake: createReplicateFake,
  create: createReplicateProvider,
  keySetting: "key",
  findsByInput: true,
  listsRuns: true,
  quick: {
    kind: "image",
    model: "black-forest-labs/flux-dev-lora",
    prompt: "a quiet sea",
    params: { count: 2, loras: [{ url, scale: 0.9 }] },
  },
  refused: [
    { params: { aspectRatio: "7:5" }, path: "/params/aspectRatio" },
    { params: { steps: 0 }, path: "/params/steps" },
    { params: { guidance: 11 }, path: "/params/guidance" },
    { params: { count: 5 }, path: "/params/count" },
    { params: { loras: [{ scale: 1 }] }, path: "/params/loras/0" },
    { params: { loras: Array.from({ length: 3 }, () => ({ url, scale: 1 })) }, path: "/params/loras" },
    { params: { image: { sha256: "x" } }, path: "/params/image/sizeBytes" },
    { params: { cfg: 3 }, path: "/params/cfg" },
  ],
});
