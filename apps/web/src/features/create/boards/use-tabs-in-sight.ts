import { type RefObject, useEffect, useRef } from "react";

/** For tabs that may be more than fit: they scroll sideways with the wheel, and the board that is shown comes into sight. */
export function useTabsInSight(boardId: string | undefined): RefObject<HTMLDivElement | null> {
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = tabs.current;
    const onWheel = (event: WheelEvent) => {
      if (element === null || event.deltaX !== 0 || event.ctrlKey) return;
      element.scrollLeft += event.deltaY;
    };
    element?.addEventListener("wheel", onWheel, { passive: true });
    return () => element?.removeEventListener("wheel", onWheel);
  }, []);
  useEffect(() => {
    if (boardId === undefined) return;
    tabs.current?.querySelector("[data-on]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [boardId]);
  return tabs;
}
