import { useLocalStorage } from "@mantine/hooks";

interface PaneWidthOptions {
  /** Names the pane in this browser's storage. */
  readonly pane: string;
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** How wide this device shows a pane, in CSS pixels. */
export function usePaneWidth({ pane, initial, min, max }: PaneWidthOptions): {
  readonly width: number;
  readonly resize: (width: number) => void;
} {
  const clamp = (width: number) => Math.round(Math.min(max, Math.max(min, width)));
  const [width, setWidth] = useLocalStorage<number>({
    key: `safelight-pane-${pane}`,
    defaultValue: initial,
    getInitialValueInEffect: false,
    serialize: String,
    deserialize: (text) => {
      const kept = Number(text);
      return Number.isFinite(kept) && kept > 0 ? clamp(kept) : initial;
    },
  });
  return { width, resize: (next) => setWidth(clamp(next)) };
}
