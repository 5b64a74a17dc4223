import { createComfyuiFake } from "../../testing/comfyui-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { createComfyuiProvider } from "./comfyui-provider.ts";

const refused = [
  { params: { width: 15 }, path: "/params/width" },
  { params: { width: 100 * 1000 }, path: "/params/width" },
  { params: { sampler: "magic" }, path: "/params/sampler" },
  { params: { loras: [{ scale: 1 }] }, path: "/params/loras/0/name" },
  { params: { cfg: 3 }, path: "/params/cfg" },
];

describeRemoteProviderContract({
  name: "comfyui",
  // Without a socket, which asks by itself when a run ends; the tests of faults count each call.
  createFake: () => createComfyuiFake({ refusesSockets: true }),
  create: createComfyuiProvider,
  quick: {
    kind: "image",
    model: "txt2img",
    prompt: "a lighthouse",
    params: { width: 64, height: 64, seed: 3 },
  },
  refused,
  keySetting: undefined,
  listsRuns: true,
});

describeRemoteProviderContract({
  name: "comfyui, an older build",
  createFake: () => createComfyuiFake({ isOld: true, refusesSockets: true }),
  create: createComfyuiProvider,
  quick: { kind: "image", prompt: "a lighthouse", params: { width: 64, height: 64 } },
  refused,
  keySetting: undefined,
  listsRuns: true,
});
