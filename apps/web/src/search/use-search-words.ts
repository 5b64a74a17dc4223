import { useCallback, useEffect, useRef, useState } from "react";

const WRITE_AFTER_MS = 300;

/**
 * The words that are typed, at once, and the address that follows when the typing rests. Words that come by the address
 * (back, a link) take the place of what was typed.
 */
export function useSearchWords(
  address: string | undefined,
  writeAddress: (words: string | undefined) => void,
): readonly [string, (words: string) => void] {
  const [words, setWords] = useState(address ?? "");
  const written = useRef(address);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const write = useRef(writeAddress);
  useEffect(() => {
    write.current = writeAddress;
  });
  useEffect(() => {
    if (address === written.current) return;
    written.current = address;
    clearTimeout(timer.current);
    setWords(address ?? "");
  }, [address]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = useCallback((next: string) => {
    setWords(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const kept = next.trim() === "" ? undefined : next.trim();
      if (kept === written.current) return;
      written.current = kept;
      write.current(kept);
    }, WRITE_AFTER_MS);
  }, []);
  return [words, change];
}
