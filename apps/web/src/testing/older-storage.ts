const RED =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGPYYqOxxUaDAUIBACDeBGGpcTofAAAAAElFTkSuQmCC";

/** What the five older apps kept in localStorage, as their documents show it, by key. */
export const OLDER_STORAGE: Readonly<Record<string, string>> = {
  // The LoRA studio: lists of models, content and training pictures.
  trainedModels: JSON.stringify([
    {
      modelName: "Dusk",
      modelId: "fal-1",
      loraId: "lora-1",
      trainingConfig: { epochs: 10, learningRate: 0.0001, batchSize: 1, resolution: 512, imageCount: 2 },
      status: "ready",
      createdAt: "2024-05-01T10:00:00.000Z",
      trainingData: [
        { id: "t-1", image: {}, imageUrl: "blob:http://localhost:3000/1", description: "a pier" },
      ],
    },
  ]),
  generatedContent: JSON.stringify([
    {
      id: "1714557600000",
      type: "image",
      url: RED,
      prompt: "a lighthouse",
      negativePrompt: "people",
      config: { steps: 30, guidanceScale: 7.5, width: 512, height: 512, seed: 42 },
      modelId: "fal-1",
      createdAt: "2024-05-01T10:10:00.000Z",
      filename: "lighthouse.png",
    },
    {
      id: "1714557600001",
      type: "image",
      url: "blob:http://localhost:3000/2",
      prompt: "lost with its page",
      negativePrompt: "",
      config: {},
      modelId: "fal-1",
      createdAt: "2024-05-01T10:11:00.000Z",
    },
  ]),
  trainingData: JSON.stringify([
    {
      id: "1",
      image: {},
      imageUrl: RED,
      description: "a pier at dusk",
      characterName: "",
      sceneDescription: "harbour",
      styleDescription: "oil",
    },
  ]),
  activeTab: '"training"',
  // The training tab: seven keys for each style.
  training_100_selectedSetId: '"set-7"',
  training_100_parameters: JSON.stringify({ learning_rate: 0.0004, max_train_steps: 1000, network_dim: 32 }),
  training_100_currentTraining: JSON.stringify({
    jobId: "rp-abc-123",
    startTime: 1_698_589_123_456,
    estimatedDuration: 3600,
    status: "training",
  }),
  training_100_consoleLogs: JSON.stringify(["[10:00:00] Starting", "[10:00:02] Step 1/1000 loss 0.21"]),
  training_100_activeTab: '"console"',
  training_100_description: "dusk over harbours",
  training_100_showAdvanced: "true",
  training_ink_wash_description: '"ink on paper"',
  // The dashboard: its job list.
  pixellab_jobs: JSON.stringify({
    jobs: [
      {
        id: "job-1",
        prompt: "heroic knight with glowing sword",
        width: 64,
        height: 64,
        seed: null,
        status: "success",
        result: RED,
        error: null,
        startTime: 1_698_589_123_456,
        endTime: 1_698_589_125_901,
        duration: 2.445,
        createdAt: 1_698_589_120_000,
      },
      { id: "job-2", prompt: "slime", status: "pending", createdAt: 1_698_589_130_000 },
      { note: "no job" },
    ],
    lastJobId: 2,
  }),
  // The editor: a backup of each session.
  "ai-editor-session-123": JSON.stringify({
    messages: [
      { id: 1, type: "user", content: "A login form", timestamp: "2025-02-01T09:00:00.000Z" },
      { id: 2, type: "ai", content: "Here it is", timestamp: "2025-02-01T09:00:05.000Z" },
    ],
    interactions: [
      { id: 1, prompt: "A login form", response: "<form>…</form>", metadata: { model: "gpt-4" } },
    ],
    components: [{ id: 9, name: "LoginForm", jsxCode: "<form />", cssCode: "form { gap: 8px }" }],
    timestamp: 1_738_400_405_000,
  }),
  // The gallery: a registry of canvases.
  sessionRegistry: JSON.stringify({
    "gal-1733500000-abc123": {
      name: "Morning Demo",
      userComposition: "Looking for elegant evening wear",
      savedProducts: ["product-0", "product-0"],
      cards: [
        {
          id: "card-1",
          imageUrl: RED,
          directive: "Explore serene atmosphere",
          product: { id: "product-0", name: "Neverfull MM", brand: "Louis Vuitton" },
          position: { x: 44, y: 280 },
          width: 180,
          height: 220,
        },
        { id: "card-2", imageUrl: "https://example.org/2.png", x: 10, y: 20 },
      ],
    },
  }),
  // Cut off when the space was used up.
  chat_backup_7: '{"messages": [{"id": 1, "content": "half of a',
  // Ours and a stranger's.
  "safelight-theme": "dark",
  "other-app": JSON.stringify({ volume: 3 }),
};
