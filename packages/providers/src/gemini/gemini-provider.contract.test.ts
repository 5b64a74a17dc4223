import { createGeminiFake } from "../../testing/gemini-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createGeminiProvider } from "./gemini-provider.ts";

describeRemoteProviderContract({
  name: "gemini",
  createFake: createGeminiFake,
  create: createGeminiProvider,
  quick: { kind: "image", model: "image", prompt: "a lighthouse", params: { aspectRatio: "16:9" } },
  refused: [
    { params: { aspectRatio: "7:3" }, path: "/params/aspectRatio" },
    { params: { imageSize: "8K" }, path: "/params/imageSize" },
    { params: { model: "../secrets" }, path: "/params/model" },
    { params: { steps: 20 }, path: "/params/steps" },
  ],
  keySetting: "apiKey",
  isSynchronous: true,
  hasArtifacts: false,
});
