import { type RefCallback, useCallback, useState } from "react";

/** Width of an element's content in CSS pixels, known before its first frame is painted; `guess` until it is there. */
export function useWidth<T extends HTMLElement>(guess = 0): readonly [RefCallback<T>, number] {
  const [width, setWidth] = useState(guess);
  const measure = useCallback((element: T | null) => {
    if (element === null) return undefined;
    setWidth(element.getBoundingClientRect().width);
    const observer = new ResizeObserver((entries) => {
      const now = entries.at(-1)?.contentRect.width;
      if (now !== undefined) setWidth(now);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
}
