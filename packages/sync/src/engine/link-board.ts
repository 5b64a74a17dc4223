import type { Link } from "../ports.ts";

type Task = "feed" | "push" | "upload";

/** How the way to the server is, from what the leader's tasks last met. */
export interface LinkBoard {
  /** What a task met; `undefined`: the server answered. */
  report(task: Task, trouble: Link | undefined): void;
  /** What the leader of another tab says. */
  hear(link: Link): void;
  link(): Link;
}

export function createLinkBoard(onChange: (link: Link) => void): LinkBoard {
  const troubles = new Map<Task, Link>();
  let answered = false;
  let current: Link = "connecting";

  function become(link: Link): void {
    if (link === current) return;
    current = link;
    onChange(link);
  }

  return {
    report(task, trouble) {
      if (trouble === undefined) {
        answered = true;
        troubles.delete(task);
      } else troubles.set(task, trouble);
      const worst = troubles.get("push") ?? troubles.get("upload") ?? troubles.get("feed");
      become(worst ?? (answered ? "online" : "connecting"));
    },
    hear: become,
    link: () => current,
  };
}
