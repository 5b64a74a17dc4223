import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createRunpodFake } from "../../testing/runpod/create-runpod-fake.ts";
import { createRunpodProvider } from "./runpod-provider.ts";

describeRemoteProviderContract({
  name: "runpod",
  createFake: createRunpodFake,
  create: createRunpodProvider,
  keySetting: "key",
  unknownRemote: { id: "never-sent", endpoint: "gen-endpoint-1", model: "generation" },
  quick: { kind: "image", model: "generation", prompt: "a quiet sea", params: { count: 2 } },
  refused: [
    { params: { width: 65 }, path: "/params/width" },
    { params: { steps: 0 }, path: "/params/steps" },
    { params: { count: 9 }, path: "/params/count" },
    { params: { timeLimitMinutes: 0 }, path: "/params/timeLimitMinutes" },
    { params: { loras: [{ scale: 1 }] }, path: "/params/loras/0" },
    { params: { cfg: 3 }, path: "/params/cfg" },
  ],
});
