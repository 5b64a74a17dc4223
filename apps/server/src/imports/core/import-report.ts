/** What an old file is. */
export type SourceKind =
  | "job history"
  | "models"
  | "contents"
  | "uploads"
  | "generated files"
  | "gallery index"
  | "gallery session";

/** An entry of a file and what is to be said of it. */
export interface EntryNote {
  /** Where it stands in the file, for people: `jobs[3] (job-4)`, `img_001.png`. */
  readonly entry: string;
  readonly reason: string;
}

/** What became of one file or folder, or would become of it. Each entry is counted once. */
export interface FileReport {
  readonly file: string;
  readonly kind: SourceKind;
  /** Entries that the studio did not have. */
  readonly added: number;
  /** Entries that it had without their picture, which is here. */
  readonly completed: number;
  /** Entries that it has; they are left as they are. */
  readonly present: number;
  /** Entries that cannot be taken in. */
  readonly unusable: readonly EntryNote[];
  /** Entries that are taken in without the picture that they speak of. */
  readonly missingPictures: readonly EntryNote[];
  readonly notes: readonly string[];
}

export interface ImportReport {
  /** Whether anything was written; a dry run says what would be. */
  readonly applied: boolean;
  readonly files: readonly FileReport[];
  /** Files and folders that were not looked into, and why. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

/** Collects what is said of one file while it is looked through. */
export interface FileNotes {
  added(): void;
  completed(): void;
  present(): void;
  unusable(entry: string, reason: string): void;
  /** Takes back an `added` or `completed` that the store refused in the end. */
  refused(outcome: "added" | "completed", entry: string, reason: string): void;
  missingPicture(entry: string, reason: string): void;
  note(text: string): void;
  /** Fields of an entry that records here have no place for. */
  leftOut(names: readonly string[]): void;
  readonly report: () => FileReport;
}

export function createFileNotes(file: string, kind: SourceKind): FileNotes {
  const counts = { added: 0, completed: 0, present: 0 };
  const unusable: EntryNote[] = [];
  const missingPictures: EntryNote[] = [];
  const notes = new Set<string>();
  const leftOut = new Map<string, number>();
  return {
    added: () => void (counts.added += 1),
    completed: () => void (counts.completed += 1),
    present: () => void (counts.present += 1),
    unusable: (entry, reason) => void unusable.push({ entry, reason }),
    refused(outcome, entry, reason) {
      counts[outcome] -= 1;
      unusable.push({ entry, reason });
    },
    missingPicture: (entry, reason) => void missingPictures.push({ entry, reason }),
    note: (text) => void notes.add(text),
    leftOut(names) {
      for (const name of names) leftOut.set(name, (leftOut.get(name) ?? 0) + 1);
    },
    report: () => ({
      file,
      kind,
      ...counts,
      unusable,
      missingPictures,
      notes: [
        ...notes,
        ...[...leftOut].map(
          ([name, times]) =>
            `the field "${name}" has no place here and is left out (${times} ${times === 1 ? "entry" : "entries"})`,
        ),
      ],
    }),
  };
}
