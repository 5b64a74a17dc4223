import {
  IconChartLine,
  IconCode,
  IconDatabase,
  IconLayoutCollage,
  IconList,
  IconPhotoPlus,
  IconSettings,
} from "@tabler/icons-react";

/** The rooms in the order of the rail. `key` follows `g` on the keyboard. */
export const ROOMS = [
  { to: "/train", title: "Train", key: "t", icon: IconChartLine },
  { to: "/create", title: "Create", key: "c", icon: IconPhotoPlus },
  { to: "/jobs", title: "Jobs", key: "j", icon: IconList },
  { to: "/editor", title: "Editor", key: "e", icon: IconCode },
  { to: "/gallery", title: "Gallery", key: "a", icon: IconLayoutCollage },
  { to: "/data", title: "Data", key: "d", icon: IconDatabase },
  { to: "/settings", title: "Settings", key: "s", icon: IconSettings },
] as const;

export type Room = (typeof ROOMS)[number];

/** The room that a path belongs to. */
export function roomOf(pathname: string): Room | undefined {
  if (pathname.startsWith("/dynamic/")) return ROOMS.find((room) => room.to === "/gallery");
  return ROOMS.find((room) => pathname === room.to || pathname.startsWith(`${room.to}/`));
}
