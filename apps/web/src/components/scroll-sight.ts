/** What of a scrolled element is in sight, as last told by the browser: asking it has the whole page laid out. In CSS pixels. */
export interface ScrollSight {
  readonly offset: () => number;
  readonly height: () => number;
  /** Follows an element; calls back when either is another. Answers how to end that. */
  watch(element: HTMLElement, onChange: () => void): () => void;
}

/** `height`: taken for that of the element until it is known. */
export function createScrollSight(guess: { readonly height: number }): ScrollSight {
  let { height } = guess;
  let offset = 0;
  return {
    offset: () => offset,
    height: () => height,
    watch(element, onChange) {
      const onScroll = () => {
        offset = element.scrollTop;
        onChange();
      };
      const sizes = new ResizeObserver(() => {
        height = element.clientHeight;
        onChange();
      });
      element.addEventListener("scroll", onScroll, { passive: true });
      sizes.observe(element);
      return () => {
        element.removeEventListener("scroll", onScroll);
        sizes.disconnect();
      };
    },
  };
}
