import { type RefObject, useLayoutEffect, useRef } from "react";

/** What was last drawn, for event handlers that keep their identity. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
