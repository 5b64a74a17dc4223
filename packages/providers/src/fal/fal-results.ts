import type { ProviderHost } from "../provider-host.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderResult, RemoteRun } from "../provider.ts";
import { keptSettings } from "../picture-settings.ts";
import { resultName } from "../result-name.ts";
import type { FalFile, FalOutput } from "./fal-answers.ts";

/** fal's pages name an hour and a month; the shorter is believed. */
const KEPT_MS = 60 * 60_000;

/** The files of a finished run. Throws `result.missing` when there are none. */
export function falResults(
  output: FalOutput,
  remote: RemoteRun,
  host: Pick<ProviderHost, "download" | "now">,
): readonly ProviderResult[] {
  const model =
    typeof remote["model"] === "string" ? remote["model"].split("/").slice(1).join("-") || "fal" : "fal";
  const expiresAt = host.now() + KEPT_MS;
  const results: ProviderResult[] = [];

  function add(type: ProviderResult["type"], file: FalFile | null | undefined, isFlagged = false): void {
    if (file === null || file === undefined) return;
    const { url, width, height, content_type: mime, file_name: fileName } = file;
    results.push({
      name: resultName({ stem: model, index: results.length, type, mime, fileName: fileName ?? url }),
      type,
      details: {
        ...(isMedia(type) && keptSettings(remote)),
        ...(typeof output.seed === "number" && { seed: output.seed }),
        ...(typeof width === "number" && { width }),
        ...(typeof height === "number" && { height }),
        ...(isFlagged && { flagged: true }),
      },
      expiresAt,
      open: async (signal) => (await host.download(url, signal)).body,
    });
  }

  for (const [index, image] of (output.images ?? []).entries()) {
    add("image", image, output.has_nsfw_concepts?.[index] === true);
  }
  add("image", output.image);
  add("video", output.video);
  add("lora", output.diffusers_lora_file);
  add("file", output.config_file);
  if (results.length === 0) throw new ProviderError("result.missing", "fal's result names no file.");
  return results;
}

const isMedia = (type: ProviderResult["type"]): boolean => type === "image" || type === "video";
