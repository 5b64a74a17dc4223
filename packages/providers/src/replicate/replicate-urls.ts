import { controlUrl } from "../http/control-url.ts";
import type { RemoteRun } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import type { ReplicateRun } from "./replicate-answers.ts";
import type { ReplicateModel } from "./replicate-model.ts";

export type ReplicateRunKind = "prediction" | "training";

/** Names a run with the addresses that came with it; those on other origins are not kept, for the key goes there. */
export function replicateRemote(
  run: Pick<ReplicateRun, "id" | "urls">,
  kind: ReplicateRunKind,
  model: ReplicateModel | undefined,
  settings: SettingValues,
): RemoteRun {
  const bases = [settings.url("apiUrl")];
  const getUrl = controlUrl(run.urls?.get, bases);
  const cancelUrl = controlUrl(run.urls?.cancel, bases);
  return {
    id: run.id,
    run: kind,
    ...(model !== undefined && { model: model.id }),
    ...(getUrl !== undefined && { getUrl }),
    ...(cancelUrl !== undefined && { cancelUrl }),
  };
}

/** Where a run's state and its cancellation are asked for: the addresses that it came with, else as they are made. */
export function replicateUrlsOf(remote: RemoteRun, settings: SettingValues) {
  const apiUrl = settings.url("apiUrl");
  const group = remote["run"] === "training" ? "trainings" : "predictions";
  const made = `${apiUrl}/${group}/${encodeURIComponent(remote.id)}`;
  return {
    get: controlUrl(remote["getUrl"], [apiUrl]) ?? made,
    cancel: controlUrl(remote["cancelUrl"], [apiUrl]) ?? `${made}/cancel`,
  };
}
