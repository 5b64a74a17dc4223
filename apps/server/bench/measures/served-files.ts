import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { measurement, type Measurement } from "../../../../packages/store/bench/measurement.ts";
import type { HttpBenchContext } from "../http-bench-context.ts";
import { measureRounds } from "../measure-rounds.ts";
import { getBytes, putBlob } from "../request.ts";
import { createPictures } from "../sample-pictures.ts";
import { hasNginx, startNginx } from "../servers/nginx.ts";

const BLOB_BYTES = 200_000;

/** A thumbnail and a blob of 200 KB, both in memory, against the same bytes by nginx. Nothing without wrk and nginx. */
export async function measureServedFiles(context: HttpBenchContext): Promise<readonly Measurement[]> {
  const { studio, load, size } = context;
  if (load.name !== "wrk" || !hasNginx()) {
    const missing = load.name === "wrk" ? "nginx" : "wrk";
    context.progress(`served files: not measured, because there is no ${missing} here`);
    return [];
  }
  const blob = randomBytes(BLOB_BYTES);
  const picture = (await createPictures(size.pictureSide)).next();
  const thumbnailUrl = `${studio.url}/api/thumbnails/${await putBlob(studio.url, picture)}/256`;
  const blobUrl = `${studio.url}/api/blobs/${await putBlob(studio.url, blob)}`;
  const root = await context.folder("files");
  await writeFile(path.join(root, "thumbnail.webp"), await getBytes(thumbnailUrl));
  await writeFile(path.join(root, "blob.bin"), blob);

  const nginx = await startNginx(root, await context.folder("nginx"));
  try {
    const rates = await measureRounds(context, "served files", {
      thumbnail: () => load.run({ url: thumbnailUrl }),
      "thumbnail by nginx": () => load.run({ url: `${nginx.url}/thumbnail.webp` }),
      blob: () => load.run({ url: blobUrl }),
      "blob by nginx": () => load.run({ url: `${nginx.url}/blob.bin` }),
    });
    const line = (measure: string, value: number, peer: number, atLeast: number) =>
      measurement({ measure, value, unit: "1/s", ratio: value / peer, atLeast });
    return [
      line("thumbnail from memory, against nginx", rates.thumbnail, rates["thumbnail by nginx"], 0.35),
      line("blob of 200 KB, against nginx", rates.blob, rates["blob by nginx"], 0.6),
    ];
  } finally {
    await nginx.stop();
  }
}
