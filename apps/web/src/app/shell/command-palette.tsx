import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconListDetails, IconMoonStars, IconSun } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Picture } from "../../components/picture.tsx";
import { useWindowKeys } from "../../components/use-window-keys.ts";
import { findByWords } from "../../domain/find-by-words.ts";
import { formatDate } from "../../domain/format.ts";
import { jobStatusWords } from "../../domain/job-status.ts";
import { useRecords } from "../../sync/use-records.ts";
import { ROOMS } from "../rooms.ts";
import { stillOf } from "../../domain/still-of.ts";
import styles from "./command-palette.module.css";

const MAX_FOUND = 6;

/** `Ctrl/⌘ K`: rooms, the theme, and pictures and jobs by the words of their prompt. */
export function CommandPalette() {
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState(false);
  useWindowKeys(
    ({ key, shiftKey }) => {
      if (key.toLowerCase() !== "k" || shiftKey) return false;
      spotlight.toggle();
      return true;
    },
    { command: true, inFields: true, overDialogs: true },
  );
  return (
    <Spotlight.Root
      // Its own listener comes a while after it is drawn.
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      scrollable
      maxHeight="min(520px, 70dvh)"
      size={600}
      radius={10}
      overlayProps={{ blur: 0, backgroundOpacity: 0.55 }}
      classNames={{
        content: styles["content"] ?? "",
        search: styles["search"] ?? "",
        actionsGroup: styles["group"] ?? "",
        action: styles["action"] ?? "",
        actionSection: styles["section"] ?? "",
      }}
      transitionProps={{ duration: 120, transition: "fade" }}
    >
      <Spotlight.Search placeholder="Search pictures, jobs, rooms…" aria-label="Search" />
      <Spotlight.ActionsList>{opened && <Found query={query} />}</Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Found({ query }: { query: string }) {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const contents = useRecords("contents");
  const jobs = useRecords("jobs");
  const light = useComputedColorScheme("dark") === "light";

  const rooms = findByWords(ROOMS, query, (room) => `Go to ${room.title}`, ROOMS.length);
  const toggle = findByWords(
    [light ? "dark" : "light"],
    query,
    (to) => `Toggle theme: change to the ${to} theme`,
    1,
  );
  const pictures =
    query.trim() === ""
      ? []
      : findByWords(contents, query, (it) => `${it.prompt} ${it.title ?? ""}`, MAX_FOUND);
  const found =
    query.trim() === ""
      ? []
      : findByWords(jobs, query, (job) => `${job.number ?? ""} ${job.prompt}`, MAX_FOUND);

  const groups: { readonly label: string; readonly items: readonly ReactNode[] }[] = [
    {
      label: "Go to",
      items: rooms.map((room) => (
        <Spotlight.Action
          key={room.to}
          label={room.title}
          leftSection={<room.icon size={18} stroke={1.7} />}
          onClick={() => void navigate({ to: room.to })}
        />
      )),
    },
    {
      label: "Do",
      items: toggle.map((to) => (
        <Spotlight.Action
          key="theme"
          label={`Change to the ${to} theme`}
          leftSection={light ? <IconMoonStars size={18} stroke={1.7} /> : <IconSun size={18} stroke={1.7} />}
          onClick={() => setColorScheme(light ? "dark" : "light")}
        />
      )),
    },
    {
      label: "Pictures",
      items: pictures.map((content) => (
        <Spotlight.Action
          key={content.id}
          label={content.title ?? content.prompt}
          description={formatDate(content.createdAt)}
          leftSection={<Picture blob={stillOf(content)} alt="" width={36} height={36} />}
          onClick={() => void navigate({ to: "/create", search: { picture: content.id } })}
        />
      )),
    },
    {
      label: "Jobs",
      items: found.map((job) => (
        <Spotlight.Action
          key={job.id}
          label={job.prompt}
          description={`${job.number === undefined ? "Job" : `Job ${job.number}`} · ${jobStatusWords(job).word}`}
          leftSection={<IconListDetails size={18} stroke={1.7} />}
          onClick={() => void navigate({ to: "/jobs/$jobId", params: { jobId: job.id } })}
        />
      )),
    },
  ];
  const shown = groups.filter((group) => group.items.length > 0);
  if (shown.length === 0) return <Spotlight.Empty>Nothing here has these words</Spotlight.Empty>;
  return shown.map((group) => (
    <Spotlight.ActionsGroup key={group.label} label={group.label}>
      {group.items}
    </Spotlight.ActionsGroup>
  ));
}
