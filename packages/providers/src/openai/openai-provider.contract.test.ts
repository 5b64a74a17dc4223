import { createOpenaiFake } from "../../testing/openai-fake.ts";
import { describeRemoteProviderContract } from "../../testing/remote-provider-contract.ts";
import { OPENAI_LOCAL } from "./openai-presets.ts";
import { createOpenaiProvider } from "./openai-provider.ts";

describeRemoteProviderContract({
  name: "openai, pictures",
  createFake: createOpenaiFake,
  create: createOpenaiProvider,
  quick: { kind: "image", model: "image", prompt: "a lighthouse", params: { size: "64x64", count: 2 } },
  refused: [
    { params: { size: "big" }, path: "/params/size" },
    { params: { count: 11 }, path: "/params/count" },
    { params: { quality: "best" }, path: "/params/quality" },
    { params: { steps: 20 }, path: "/params/steps" },
  ],
  keySetting: "apiKey",
  isSynchronous: true,
  hasArtifacts: false,
});

describeRemoteProviderContract({
  name: "own model server, text in one piece",
  createFake: () => createOpenaiFake({ isUnstreamed: true }),
  create: (host) => createOpenaiProvider(host, OPENAI_LOCAL),
  quick: { kind: "chat", prompt: "Describe the sea.", params: { model: "llama3.2", temperature: 0 } },
  refused: [
    { params: { temperature: 3 }, path: "/params/temperature" },
    { params: { maxTokens: 0 }, path: "/params/maxTokens" },
    { params: { messages: [{ role: "tool", content: "" }] }, path: "/params/messages/0/role" },
  ],
  keySetting: undefined,
  isSynchronous: true,
  hasArtifacts: false,
});
