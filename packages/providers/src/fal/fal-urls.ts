import { controlUrl } from "../http/control-url.ts";
import type { RemoteRun } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";

/** Where a run's state, its result and its cancellation are asked for. */
export interface FalRunUrls {
  readonly status: string;
  readonly response: string;
  readonly cancel: string;
}

/** Names a run with the addresses that the queue gave; those on other origins are not kept, for the key goes there. */
export function falRemote(
  id: string,
  model: string,
  given: { readonly status: unknown; readonly response: unknown; readonly cancel: unknown },
  settings: SettingValues,
): RemoteRun {
  const bases = [settings.url("queueUrl")];
  const statusUrl = controlUrl(given.status, bases);
  const responseUrl = controlUrl(given.response, bases);
  const cancelUrl = controlUrl(given.cancel, bases);
  return {
    id,
    model,
    ...(statusUrl !== undefined && { statusUrl }),
    ...(responseUrl !== undefined && { responseUrl }),
    ...(cancelUrl !== undefined && { cancelUrl }),
  };
}

/** The addresses of a run: those that it came with, else made as the queue makes them; `undefined` without a model. */
export function falUrlsOf(remote: RemoteRun, settings: SettingValues): FalRunUrls | undefined {
  const queueUrl = settings.url("queueUrl");
  const stored = (name: string) => controlUrl(remote[name], [queueUrl]);
  const made = madeUrls(remote, queueUrl);
  const status = stored("statusUrl") ?? made?.status;
  const response = stored("responseUrl") ?? made?.response;
  const cancel = stored("cancelUrl") ?? made?.cancel;
  if (status === undefined || response === undefined || cancel === undefined) return undefined;
  return { status, response, cancel };
}

/** fal drops the part of a model's id behind its second name: `fal-ai/flux/dev` answers under `fal-ai/flux`. */
function madeUrls({ id, model }: RemoteRun, queueUrl: string): FalRunUrls | undefined {
  if (typeof model !== "string") return undefined;
  const [owner, app] = model.split("/");
  if (owner === undefined || app === undefined) return undefined;
  const response = `${queueUrl}/${owner}/${app}/requests/${encodeURIComponent(id)}`;
  return { response, status: `${response}/status`, cancel: `${response}/cancel` };
}
