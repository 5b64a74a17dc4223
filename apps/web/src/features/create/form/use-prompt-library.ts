import type { SyncClient } from "@safelight/sync";
import { useMemo } from "react";
import { showUndo } from "../../../components/show-undo.tsx";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useDeleteRecord } from "../../../sync/use-delete-record.ts";
import { useRecords } from "../../../sync/use-records.ts";
import type { Wildcards } from "./expand-prompt.ts";

export interface PromptTemplate {
  readonly id: string;
  readonly name: string;
  readonly prompt: string;
  readonly negativePrompt: string;
}

export interface WildcardList {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
}

export interface PromptLibrary {
  readonly templates: readonly PromptTemplate[];
  readonly lists: readonly WildcardList[];
  /** The lists by name, for prompts. */
  readonly wildcards: Wildcards;
  saveTemplate(template: Omit<PromptTemplate, "id">): void;
  /** Makes the list of that name or replaces its lines, which can be had back. */
  saveList(list: Omit<WildcardList, "id">): void;
  /** Takes a template or a list away, and offers to take that back. */
  remove(kept: PromptTemplate | WildcardList): void;
}

const TEMPLATE = "prompt-template";
const WILDCARD = "wildcard";

/** Prompts worth keeping and lists of words, each a record of its own, so that two devices add without conflict. */
export function usePromptLibrary(): PromptLibrary {
  const client = useSyncClient();
  const drafts = useRecords("drafts");
  const deleteRecord = useDeleteRecord();
  return useMemo(() => {
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    const templates = drafts
      .filter(({ scope }) => scope === TEMPLATE)
      .map(({ id, state }) => ({
        id,
        name: text(state["name"]),
        prompt: text(state["prompt"]),
        negativePrompt: text(state["negativePrompt"]),
      }));
    const lists = drafts
      .filter(({ scope }) => scope === WILDCARD)
      .map(({ id, state }) => {
        const { lines } = state;
        return {
          id,
          name: text(state["name"]),
          lines: Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [],
        };
      });
    return {
      templates: templates.toSorted((a, b) => a.name.localeCompare(b.name)),
      lists: lists.toSorted((a, b) => a.name.localeCompare(b.name)),
      wildcards: wildcardsOf(lists),
      saveTemplate: (template) => {
        client.create("drafts", { scope: TEMPLATE, state: { ...template } });
      },
      saveList: (list) => {
        const known = lists.find(({ name }) => name === list.name);
        const state = { name: list.name, lines: list.lines };
        if (known === undefined) client.create("drafts", { scope: WILDCARD, state });
        else {
          client.update("drafts", known.id, { state });
          if (known.lines.join("\n") !== list.lines.join("\n")) offerLines(client, known);
        }
      },
      remove: ({ id, name }) => deleteRecord("drafts", id, name),
    };
  }, [client, drafts, deleteRecord]);
}

/** Lets a list have the lines again that it had before. */
function offerLines(client: SyncClient, { id, name, lines }: WildcardList): void {
  showUndo({
    id: `list-${id}`,
    title: `Words of ${name} replaced`,
    undo: () => void client.update("drafts", id, { state: { name, lines } }),
  });
}

/** Two lists of one name, made on two devices, count as one. */
function wildcardsOf(lists: readonly WildcardList[]): Wildcards {
  const byName = new Map<string, readonly string[]>();
  for (const { name, lines } of lists) {
    const key = name.toLowerCase();
    byName.set(key, [...new Set([...(byName.get(key) ?? []), ...lines])]);
  }
  return byName;
}
