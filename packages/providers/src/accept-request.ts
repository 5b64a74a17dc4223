import { checkRequest, modelFor } from "./check-request.ts";
import { ProviderError } from "./provider-error.ts";
import type { ProviderModel, ProviderRequest } from "./provider.ts";

/** The model of a request that may be sent. Throws `request.invalid` for one that has a fault. */
export function acceptRequest<M extends ProviderModel>(
  models: readonly M[],
  request: ProviderRequest,
  check: (request: ProviderRequest) => ReturnType<typeof checkRequest> = (asked) =>
    checkRequest(models, asked),
): M {
  const fault = check(request);
  const model = modelFor(models, request);
  if (fault === undefined && model !== undefined) return model;
  const { path = "/model", message = "Unknown." } = fault ?? {};
  throw new ProviderError("request.invalid", `${path}: ${message}`);
}
