/** What is known of a journal line when its faults are judged. */
export interface JudgedLine {
  /** Absent for a damaged line. */
  readonly place: { readonly seq: number; readonly durable: number } | undefined;
}

/** A run of damaged lines. `from`, `to`: indexes of its first line and the one after its last. */
export interface DamagedRun {
  readonly from: number;
  readonly to: number;
  /** The commits that stood there: all past `after`, and before `before` where a good line follows. */
  readonly after: number;
  readonly before: number | undefined;
}

export interface JournalVerdict {
  /** Damage to what had been acknowledged: set aside and reported, what follows it is kept. */
  readonly corrupt: readonly DamagedRun[];
  /** Index of the first line that was never acknowledged: it and all after it are cut. */
  readonly tornFrom: number | undefined;
}

/**
 * Tells a torn tail from corruption. Each line carries the highest `seq` that was durable when it was written. Damage
 * followed by a good line that knew of a durable commit within it hit acknowledged data; damage that no later line, and no
 * document (`documentSeq`: the highest `seq` of any), vouches for is a tail that was being written.
 */
export function judgeJournal(lines: readonly JudgedLine[], documentSeq: number): JournalVerdict {
  const corrupt: DamagedRun[] = [];
  const knownDurable = durableAfter(lines, documentSeq);
  let last = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const place = lines[at]?.place;
    if (place !== undefined) {
      last = Math.max(last, place.seq);
      continue;
    }
    const from = at;
    while (at < lines.length && lines[at]?.place === undefined) at += 1;
    if ((knownDurable[at] ?? documentSeq) <= last) return { corrupt, tornFrom: from };
    corrupt.push({ from, to: at, after: last, before: lines[at]?.place?.seq });
    at -= 1;
  }
  return { corrupt, tornFrom: undefined };
}

/** For each index, the highest durable `seq` that a line there or later, or a document, vouches for. */
function durableAfter(lines: readonly JudgedLine[], documentSeq: number): readonly number[] {
  const known: number[] = Array.from({ length: lines.length + 1 }, () => documentSeq);
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    known[at] = Math.max(known[at + 1] ?? 0, lines[at]?.place?.durable ?? 0);
  }
  return known;
}
