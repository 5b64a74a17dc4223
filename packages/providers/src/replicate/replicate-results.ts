import { isRecord } from "../http/is-record.ts";
import { controlUrl } from "../http/control-url.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ProviderResult, RemoteRun } from "../provider.ts";
import { pictureSettingsIn } from "../picture-settings.ts";
import { resultName } from "../result-name.ts";
import type { SettingValues } from "../setting-values.ts";
import { loraInTar } from "./lora-in-tar.ts";
import type { ReplicateRun } from "./replicate-answers.ts";

/** Replicate deletes what API runs made an hour after their end. */
const KEPT_MS = 60 * 60_000;

/** The files of a run that has ended. Throws `result.missing` when there are none. */
export function replicateResults(
  run: ReplicateRun,
  remote: RemoteRun,
  { host, settings }: { readonly host: ProviderHost; readonly settings: SettingValues },
): readonly ProviderResult[] {
  if (run.status !== "succeeded") throw new ProviderError("result.missing", "The run has no results.");
  if (run.data_removed === true) {
    throw new ProviderError("result.missing", "Replicate has deleted what this run made.");
  }
  const endedAt = Date.parse(run.completed_at ?? "");
  const expiresAt = (Number.isNaN(endedAt) ? host.now() : endedAt) + KEPT_MS;
  const stem = (run.model ?? String(remote["model"] ?? "replicate")).split("/").at(-1) ?? "replicate";

  const open = (url: string) => async (signal: AbortSignal) => {
    // Files behind the API want the key; what runs made lies elsewhere and does not.
    const isOurs = controlUrl(url, [settings.url("apiUrl")]) !== undefined;
    const headers = isOurs ? { authorization: `Bearer ${settings.need("key")}` } : {};
    return (await host.download(url, signal, headers)).body;
  };

  const results = remote["run"] === "training" ? trained(run.output) : made(run.output);
  if (results.length === 0) throw new ProviderError("result.missing", "Replicate's result names no file.");
  return results;

  function trained(output: unknown): readonly ProviderResult[] {
    if (!isRecord(output) || typeof output["weights"] !== "string") return [];
    const { weights, version } = output;
    const fetchIt = open(weights);
    const isTar = !URL.canParse(weights) || !new URL(weights).pathname.endsWith(".safetensors");
    return [
      {
        name: `${stem}-1.safetensors`,
        type: "lora",
        details: { ...(typeof version === "string" && { replicateVersion: version }) },
        expiresAt,
        open: async (signal) => (isTar ? loraInTar(await fetchIt(signal)) : fetchIt(signal)),
      },
    ];
  }

  function made(output: unknown): readonly ProviderResult[] {
    const details = pictureSettingsIn(run.input);
    return textsIn(output).map((text, index) => {
      const isFile = /^https?:\/\//.test(text);
      const type = isFile ? typeOf(text, remote["model"]) : "text";
      return {
        name: resultName({ stem, index, type, fileName: isFile ? text : undefined }),
        type,
        details,
        expiresAt,
        open: isFile ? open(text) : async () => bytesOf(text),
      };
    });
  }
}

/** Strings of an output in their order: one, a list, or the fields of an object. */
function textsIn(output: unknown): readonly string[] {
  if (typeof output === "string") return output === "" ? [] : [output];
  if (Array.isArray(output)) return output.flatMap((item) => textsIn(item));
  return isRecord(output) ? Object.values(output).flatMap((item) => textsIn(item)) : [];
}

function typeOf(url: string, model: unknown): ProviderResult["type"] {
  const path = URL.canParse(url) ? new URL(url).pathname.toLowerCase() : "";
  if (/\.(mp4|webm|mov|gif)$/.test(path)) return "video";
  if (/\.(png|jpe?g|webp)$/.test(path)) return "image";
  if (path.endsWith(".safetensors")) return "lora";
  if (/\.[a-z0-9]{2,5}$/.test(path)) return "file";
  return model === "minimax/video-01" ? "video" : "image";
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
