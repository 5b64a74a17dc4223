import { useLocalStorage } from "@mantine/hooks";

/** Height that the library's rows come close to, in CSS pixels. */
export const ROW_HEIGHTS = { small: 132, medium: 196, large: 300 } as const;

export type RowSize = keyof typeof ROW_HEIGHTS;

/** How large this device shows the library. */
export function useRowSize(): readonly [RowSize, (size: RowSize) => void] {
  const [size, setSize] = useLocalStorage<RowSize>({
    key: "safelight-row-size",
    defaultValue: "medium",
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (value) => (value === "small" || value === "large" ? value : "medium"),
  });
  return [size, setSize];
}
