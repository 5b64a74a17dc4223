import { faultMessage } from "@safelight/shared";
import { Value, ValueErrorType } from "@sinclair/typebox/value";
import type { ProviderModel, ProviderRequest } from "./provider.ts";

/** Where a request is wrong, as a JSON pointer into the job, and what it should be. */
export interface RequestFault {
  readonly path: string;
  readonly message: string;
}

/** The model that a request asks for: the named one, or the first of its kind. */
export function modelFor<M extends ProviderModel>(
  models: readonly M[],
  request: Pick<ProviderRequest, "kind" | "model">,
): M | undefined {
  return models.find(
    (model) => model.kind === request.kind && (request.model === undefined || model.id === request.model),
  );
}

/** First fault of a request against a provider's models: kind, model, prompt, then each parameter. */
export function checkRequest(
  models: readonly ProviderModel[],
  request: ProviderRequest,
): RequestFault | undefined {
  const model = modelFor(models, request);
  if (model === undefined) return missingModel(models, request);
  // What to train is said by the pictures.
  if (request.prompt.trim() === "" && model.kind !== "training") {
    return { path: "/prompt", message: "Say what to make." };
  }
  if (model.takesNegativePrompt === false && (request.negativePrompt ?? "").trim() !== "") {
    return { path: "/negativePrompt", message: `${model.name} takes no negative prompt.` };
  }
  if (Value.Check(model.params, request.params)) return undefined;
  const error = Value.Errors(model.params, request.params).First();
  if (error === undefined) return undefined;
  const isUnknown = error.type === ValueErrorType.ObjectAdditionalProperties;
  return {
    path: `/params${error.path}`,
    message: isUnknown ? `${model.name} has no such parameter.` : `${faultMessage(error)}.`,
  };
}

function missingModel(models: readonly ProviderModel[], { kind, model }: ProviderRequest): RequestFault {
  const ofKind = models.filter((candidate) => candidate.kind === kind).map((candidate) => candidate.id);
  if (ofKind.length === 0) return { path: "/kind", message: `This provider makes no ${kind}.` };
  return { path: "/model", message: `No model "${model}" for ${kind}; there is ${ofKind.join(", ")}.` };
}
