import { createPixellabFake } from "../../testing/pixellab-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createPixellabProvider } from "./pixellab-provider.ts";

describeRemoteProviderContract({
  name: "pixellab",
  createFake: createPixellabFake,
  create: createPixellabProvider,
  quick: { kind: "sprite", model: "pixflux", prompt: "a knight", params: { width: 64, height: 64, seed: 3 } },
  refused: [
    { params: { width: 15 }, path: "/params/width" },
    { params: { width: 401 }, path: "/params/width" },
    { params: { width: 16, height: 16 }, path: "/params/width" },
    { params: { outline: "thick" }, path: "/params/outline" },
    { params: { initImage: { sha256: "no" } }, path: "/params/initImage/sizeBytes" },
    { params: { steps: 20 }, path: "/params/steps" },
  ],
  keySetting: "apiKey",
  isSynchronous: true,
  hasArtifacts: false,
});
