import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type Choice, type FormState, paramsOf } from "./form-state.ts";

/** Asks for the pictures that the form describes; works with no server, which runs them when it is back. */
export function useCreateJob(): (form: FormState, choice: Choice) => void {
  const client = useSyncClient();
  return (form, { provider, model }) => {
    const negativePrompt = form.negativePrompt.trim();
    client.create("jobs", {
      kind: form.kind,
      provider: provider.id,
      model: model.id,
      prompt: form.prompt.trim(),
      ...(negativePrompt === "" ? {} : { negativePrompt }),
      params: paramsOf(form, model),
    });
  };
}
