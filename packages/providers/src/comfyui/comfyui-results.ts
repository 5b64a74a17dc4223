import type { JsonObject } from "@safelight/shared";
import type { ProviderHost } from "../provider-host.ts";
import type { ProviderResult } from "../provider.ts";
import { type HistoryEntry, markIn, type OutputFile, outputFiles } from "./comfyui-runs.ts";

const TYPES: Readonly<Record<string, ProviderResult["type"]>> = {
  png: "image",
  jpg: "image",
  jpeg: "image",
  webp: "image",
  gif: "image",
  mp4: "video",
  webm: "video",
  mov: "video",
  mkv: "video",
  safetensors: "lora",
};

/** What a finished prompt made, to be fetched from ComfyUI's own folders. */
export function comfyuiResults(
  entry: HistoryEntry,
  options: {
    readonly host: Pick<ProviderHost, "download">;
    readonly base: string;
    readonly headers: Readonly<Record<string, string>>;
  },
): readonly ProviderResult[] {
  const { host, base, headers } = options;
  const details: JsonObject = markIn(entry.prompt)?.details ?? {};
  return outputFiles(entry).map((file) => ({
    name: file.filename,
    type: TYPES[file.filename.split(".").at(-1)?.toLowerCase() ?? ""] ?? "file",
    details,
    open: async (signal) => (await host.download(viewUrl(base, file), signal, headers)).body,
  }));
}

function viewUrl(base: string, { filename, subfolder = "", type = "output" }: OutputFile): string {
  const url = new URL(`${base}/view`);
  url.search = new URLSearchParams({ filename, subfolder, type }).toString();
  return url.href;
}
