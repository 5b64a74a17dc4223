import { isRecord } from "../http/is-record.ts";
import { ProviderError } from "../provider-error.ts";

const MAX_WORDS = 800;

/** Turns ComfyUI's refusal of a workflow into words that name the node; any other answer is handed on. */
export async function explainRefusal(response: Response): Promise<Response> {
  if (response.status !== 400) return response;
  const told: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  if (!isRecord(told) || !isRecord(told["error"])) return response;
  const { message } = told["error"];
  const faults = isRecord(told["node_errors"]) ? Object.entries(told["node_errors"]) : [];
  const words = faults.flatMap(([id, fault]) => wordsOf(id, fault));
  const said =
    words.length > 0 ? words.join(" ") : typeof message === "string" ? message : "No reason given.";
  throw new ProviderError("request.invalid", `ComfyUI refused the workflow. ${said}`.slice(0, MAX_WORDS));
}

function wordsOf(id: string, fault: unknown): readonly string[] {
  if (!isRecord(fault) || !Array.isArray(fault["errors"])) return [];
  const { class_type: type, errors } = fault;
  const name = typeof type === "string" ? `${type} (node ${id})` : `Node ${id}`;
  return errors.flatMap((error: unknown) => {
    if (!isRecord(error) || typeof error["message"] !== "string") return [];
    const details =
      typeof error["details"] === "string" && error["details"] !== "" ? ` (${error["details"]})` : "";
    return [`${name}: ${error["message"]}${details}.`];
  });
}
