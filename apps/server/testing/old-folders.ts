import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makePicture } from "./pictures.ts";

/** Writes a file of an old app, making its folders; objects as JSON. */
export function writeOld(root: string, name: string, content: string | Buffer | object): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  const isBytes = typeof content === "string" || Buffer.isBuffer(content);
  writeFileSync(path, isBytes ? content : JSON.stringify(content, undefined, 2));
  return path;
}

export const oldPicture = (seed: number) => makePicture({ format: "png", width: 24, height: 16, seed });

export async function oldDataUrl(seed: number): Promise<string> {
  return `data:image/png;base64,${(await oldPicture(seed)).toString("base64")}`;
}

/** A job as the dashboard's document shows it. */
export async function oldJob(number: number, fields: object = {}) {
  return {
    id: `job-${number}`,
    prompt: `heroic knight ${number}`,
    width: 64,
    height: 64,
    seed: null,
    status: "success",
    result: await oldDataUrl(number),
    error: null,
    startTime: 1698589123456 + number,
    endTime: 1698589125901 + number,
    duration: 2.445,
    createdAt: 1698589120000 + number,
    ...fields,
  };
}

export function oldModel(fields: object = {}) {
  return {
    modelName: "Harbour style",
    modelId: "fal-ai/flux-lora",
    loraId: "lora-1",
    trainingConfig: { epochs: 10, learningRate: 0.0004, batchSize: 1, resolution: 512, imageCount: 2 },
    status: "completed",
    createdAt: "2025-01-02T03:04:05.000Z",
    trainingData: [] as object[],
    ...fields,
  };
}

export function oldContent(id: string, fields: object = {}) {
  return {
    id,
    type: "image",
    url: `/api/generated/${id}.png`,
    prompt: `a lighthouse, ${id}`,
    negativePrompt: "blur",
    config: { steps: 28, guidanceScale: 3.5, width: 1024, height: 768, seed: 7 },
    modelId: "fal-ai/flux-lora",
    createdAt: "2025-01-03T03:04:05.000Z",
    filename: `${id}.png`,
    ...fields,
  };
}

/** A folder with what every one of the older apps left behind, as their documents show it. */
export async function writeOldApps(root: string): Promise<void> {
  writeOld(root, "dashboards/job_history.json", {
    jobs: [await oldJob(2), await oldJob(1), await oldJob(3, { status: "pending", result: null })],
    lastJobId: 5,
    savedAt: "2025-10-29T04:30:00.000Z",
    version: "1.0",
  });
  const training = [
    { id: "t1", image: {}, imageUrl: "/api/uploads/harbour.png", description: "boats", characterName: "" },
    { id: "t2", image: {}, imageUrl: "blob:http://localhost:3000/1f", description: "masts" },
  ];
  writeOld(root, "fal-demo/data/models.json", [oldModel({ trainingData: training })]);
  writeOld(root, "fal-demo/data/uploads/harbour.png", await oldPicture(11));
  writeOld(root, "fal-demo/data/content.json", [
    oldContent("content-a"),
    oldContent("content-b", { url: "https://fal.media/b.png", filename: "gone.png" }),
  ]);
  writeOld(root, "fal-demo/data/generated/content-a.png", await oldPicture(12));
  writeOld(root, "fal-demo/data/generated/forgotten.png", await oldPicture(13));
  const session = {
    id: "gal-1733500000-abc123",
    name: "Morning Demo",
    created_at: "2024-12-06T09:30:00.123456",
    updated_at: "2024-12-06T10:30:00",
    user_composition: "Looking for elegant evening wear...",
    saved_products: ["product-0"],
    directives_used: ["Explore serene atmosphere with urban streets"],
    image_count: 2,
  };
  const image = (number: number) => ({
    id: `img-00${number}`,
    session_id: session.id,
    filename: `img_00${number}.png`,
    created_at: "2024-12-06T09:31:00",
    directive: "Explore serene atmosphere with urban streets",
    product_id: "product-0",
    product_name: "Neverfull MM",
    product_brand: "Louis Vuitton",
    x: 44,
    y: 280,
    width: 180,
    height: 220,
  });
  writeOld(root, "backend/data/gallery/sessions.json", [session]);
  const folder = `backend/data/gallery/${session.id}`;
  writeOld(root, `${folder}/metadata.json`, { ...session, images: [image(1), image(2)] });
  writeOld(root, `${folder}/img_001.png`, await oldPicture(21));
  writeOld(root, `${folder}/img_002.png`, await oldPicture(22));
  writeOld(root, `${folder}/img_003.png`, await oldPicture(23));
}
