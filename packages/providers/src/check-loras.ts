import type { RequestFault } from "./check-request.ts";
import { isRecord } from "./http/is-record.ts";
import type { ProviderRequest } from "./provider.ts";

/** Each LoRA must say where it is. */
export function checkLoras({ params }: Pick<ProviderRequest, "params">): RequestFault | undefined {
  const loras: unknown = params["loras"];
  if (!Array.isArray(loras)) return undefined;
  const index = loras.findIndex(
    (lora) => isRecord(lora) && lora["blob"] === undefined && lora["url"] === undefined,
  );
  if (index < 0) return undefined;
  return { path: `/params/loras/${index}`, message: "Choose the file of this LoRA, or give its address." };
}
