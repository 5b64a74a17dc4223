import { useLocalStorage } from "@mantine/hooks";
import { isJsonObject } from "@safelight/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sendJson } from "../../../api/send-json.ts";
import { shaped } from "../../../api/shaped.ts";

/** A clear that this browser asked for, and can undo. */
export interface Cleared {
  readonly backup: string;
  readonly total: number;
  readonly at: string;
}

const KEPT_AT = "safelight-last-clear";

/** "Clear all data" and its undo. The last clear is remembered in this browser until it is undone or let go. */
export function useClear() {
  const queries = useQueryClient();
  const [last, setLast, forget] = useLocalStorage<Cleared | undefined>({
    key: KEPT_AT,
    getInitialValueInEffect: false,
    deserialize: (text) => parseCleared(text),
  });
  const clear = useMutation({
    mutationFn: async () => {
      const answer = shaped(await sendJson("/api/clear", { confirm: "clear all data" }), {
        backup: "object",
        total: "number",
      });
      const { name, createdAt } = shaped(answer.backup, { name: "string", createdAt: "string" });
      return { backup: name, total: answer.total, at: createdAt };
    },
    onSuccess: (cleared) => {
      setLast(cleared);
      return queries.invalidateQueries();
    },
  });
  const undo = useMutation({
    mutationFn: async ({ backup }: Cleared) =>
      shaped(await sendJson("/api/clear/undo", { backup }), { restored: "number", purged: "number" }),
    onSuccess: () => {
      forget();
      return queries.invalidateQueries();
    },
  });
  return { last, forget, clear, undo };
}

function parseCleared(text: string | undefined): Cleared | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? "");
    return isJsonObject(kept) ? shaped(kept, { backup: "string", total: "number", at: "string" }) : undefined;
  } catch {
    // Nothing was kept, or something else's.
    return undefined;
  }
}
