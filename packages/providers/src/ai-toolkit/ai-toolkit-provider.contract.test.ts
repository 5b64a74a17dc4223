import { createAiToolkitFake } from "../../testing/ai-toolkit-fake.ts";
import { smallPng } from "../../testing/png.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createAiToolkitProvider } from "./ai-toolkit-provider.ts";

const sha256 = "ab".repeat(32);
const images = [{ image: { sha256, sizeBytes: 70, mime: "image/png" }, caption: "a boat" }];

describeRemoteProviderContract({
  name: "ai-toolkit",
  createFake: createAiToolkitFake,
  create: createAiToolkitProvider,
  blobs: new Map([[sha256, new Uint8Array(smallPng(5))]]),
  quick: { kind: "training", model: "lora", prompt: "a boat", params: { images, steps: 500 } },
  refused: [
    { params: {}, path: "/params/images" },
    { params: { images: [] }, path: "/params/images" },
    { params: { images, steps: 0 }, path: "/params/steps" },
    { params: { images, baseModel: "gpt" }, path: "/params/baseModel" },
    { params: { images, resolution: 500 }, path: "/params/resolution" },
    { params: { images, epochs: 3 }, path: "/params/epochs" },
  ],
  keySetting: undefined,
  listsRuns: true,
});
