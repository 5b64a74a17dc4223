import { Button, Popover, TextInput } from "@mantine/core";
import { foldText, type GeneratedContent } from "@safelight/shared";
import { IconTag, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { formatCount } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import styles from "./tag-menu.module.css";
import type { PictureActions } from "./use-picture-actions.tsx";

interface TagMenuProps {
  readonly ids: ReadonlySet<string>;
  readonly actions: PictureActions;
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
  /** It is gone, and the focus went with it unless something took it. */
  readonly onGone?: () => void;
}

const MOST_OFFERED = 12;

/** Adds a tag to the selected pictures, and removes those that they have. */
export function TagMenu({ ids, actions, opened, onOpened, onGone }: TagMenuProps) {
  return (
    <Popover
      opened={opened}
      onChange={onOpened}
      position="top"
      width={280}
      trapFocus
      returnFocus
      {...(onGone && { onExitTransitionEnd: onGone })}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<IconTag size={16} stroke={1.7} />}
          title="Tag (t)"
          onClick={() => onOpened(!opened)}
        >
          Tag
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={12} aria-label="Tags">
        <TagEditor ids={ids} actions={actions} onDone={() => onOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function TagEditor({ ids, actions, onDone }: Pick<TagMenuProps, "ids" | "actions"> & { onDone: () => void }) {
  const client = useSyncClient();
  const [text, setText] = useState("");
  const everywhere = useMemo(() => countTags(client.list("contents")), [client]);
  const own = countTags([...ids].flatMap((id) => client.get("contents", id) ?? []));
  const wanted = foldText(text.trim());
  const offered =
    wanted === "" ? [] : everywhere.filter(([tag]) => foldText(tag).includes(wanted)).slice(0, MOST_OFFERED);
  const add = (tag: string) => {
    actions.tag(ids, { add: tag });
    onDone();
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") add(text.trim());
        }}
      >
        <TextInput
          label="Add a tag"
          placeholder="Type a tag, Enter adds it"
          value={text}
          maxLength={100}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      {offered.length > 0 && (
        <ul className={styles["tags"]} aria-label="Tags there are">
          {offered.map(([tag, count]) => (
            <li key={tag}>
              <button type="button" onClick={() => add(tag)}>
                {tag} <span>{formatCount(count)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {wanted === "" && own.length > 0 && (
        <ul className={styles["tags"]} aria-label="Tags of the selected pictures">
          {own.slice(0, MOST_OFFERED * 2).map(([tag, count]) => (
            <li key={tag}>
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                onClick={() => {
                  actions.tag(ids, { remove: tag });
                  onDone();
                }}
              >
                {tag} {ids.size > 1 && <span>{formatCount(count)}</span>}
                <IconX size={12} stroke={2} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Tags with how many pictures have them, most frequent first. */
function countTags(contents: readonly GeneratedContent[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { tags } of contents) for (const tag of tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
