import { createA1111Fake } from "../../testing/a1111-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createA1111Provider } from "./a1111-provider.ts";

describeRemoteProviderContract({
  name: "a1111",
  createFake: createA1111Fake,
  create: createA1111Provider,
  quick: { kind: "image", model: "txt2img", prompt: "a lighthouse", params: { seed: 3, count: 2 } },
  refused: [
    { params: { width: 63 }, path: "/params/width" },
    { params: { width: 100 }, path: "/params/width" },
    { params: { steps: 0 }, path: "/params/steps" },
    { params: { denoising: 2 }, path: "/params/denoising" },
    { params: { loras: [{ scale: 1 }] }, path: "/params/loras/0/name" },
    { params: { loras: [{ name: "a:1><lora:b", scale: 1 }] }, path: "/params/loras/0/name" },
    { params: { cfg: 3 }, path: "/params/cfg" },
  ],
  keySetting: undefined,
  isSynchronous: true,
  hasArtifacts: false,
});
