import { describeProviderContract } from "../../testing/provider-contract.ts";
import { createLocalProvider } from "./local-provider.ts";

const size = { width: 64, height: 64 };

describeProviderContract({
  name: "paint",
  open: () => createLocalProvider({ threads: 1 }),
  quick: { kind: "image", model: "paint", prompt: "a quiet sea", params: { ...size, steps: 2, count: 2 } },
  slow: { kind: "image", prompt: "a quiet sea", params: { width: 2048, height: 2048, steps: 100 } },
  refused: [
    { params: { width: 63 }, path: "/params/width" },
    { params: { height: 2049 }, path: "/params/height" },
    { params: { width: 100.5 }, path: "/params/width" },
    { params: { width: "100" }, path: "/params/width" },
    { params: { steps: 0 }, path: "/params/steps" },
    { params: { guidance: 21 }, path: "/params/guidance" },
    { params: { seed: -1 }, path: "/params/seed" },
    { params: { seed: 4_294_967_296 }, path: "/params/seed" },
    { params: { count: 17 }, path: "/params/count" },
    { params: { count: null }, path: "/params/count" },
    { params: { cfg: 3 }, path: "/params/cfg" },
  ],
});

describeProviderContract({
  name: "sprite",
  open: () => createLocalProvider({ threads: 1 }),
  quick: { kind: "sprite", model: "sprite", prompt: "a knight", params: { width: 32, height: 32 } },
  slow: { kind: "sprite", prompt: "a knight", params: { width: 256, height: 256, count: 16 } },
  refused: [
    { params: { width: 15 }, path: "/params/width" },
    { params: { height: 257 }, path: "/params/height" },
    { params: { colours: 2 }, path: "/params/colours" },
    { params: { outline: "yes" }, path: "/params/outline" },
    { params: { steps: 20 }, path: "/params/steps" },
  ],
});
