import type { BufferSource, CustomSource, FilePathSource, Source } from "mediabunny";

/** What the container of a clip says of it: pixels as shown, and how long it lasts. */
export interface ClipFacts {
  readonly width: number;
  readonly height: number;
  /** Left out where only playing the clip to its end could tell. */
  readonly durationMs?: number;
}

/** Bytes that are asked for piece by piece; `end` is not among them. */
export interface ClipBytes {
  readonly sizeBytes: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

/**
 * Reads the headers of an MP4, QuickTime or WebM clip; nothing is decoded. `undefined` when it has no picture track or its headers
 * are damaged.
 * @param source A file's absolute path, the bytes, or a way to ask for some of them.
 */
export async function readClipFacts(source: string | Uint8Array | ClipBytes): Promise<ClipFacts | undefined> {
  // Most studios never see a clip: the reader is loaded for the first one.
  const { Input, MP4, QTFF, WEBM, MATROSKA, ...sources } = await import("mediabunny");
  using input = new Input({ source: sourceOf(source, sources), formats: [MP4, QTFF, WEBM, MATROSKA] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) return undefined;
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
    if (!(width >= 1 && height >= 1)) return undefined;
    const seconds = await durationOf(input);
    return {
      width: Math.round(width),
      height: Math.round(height),
      ...(seconds !== undefined && { durationMs: Math.round(seconds * 1000) }),
    };
  } catch {
    // The reader has no error codes: whatever it cannot read has no facts.
    return undefined;
  }
}

/** A recording made live has no length in its header; its last frame tells. */
async function durationOf(input: {
  getDurationFromMetadata(): Promise<number | null>;
  computeDuration(): Promise<number>;
}): Promise<number | undefined> {
  const told = await input.getDurationFromMetadata();
  const seconds = told !== null && told > 0 ? told : await input.computeDuration();
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

interface Sources {
  readonly FilePathSource: typeof FilePathSource;
  readonly BufferSource: typeof BufferSource;
  readonly CustomSource: typeof CustomSource;
}

function sourceOf(source: string | Uint8Array | ClipBytes, sources: Sources): Source {
  if (typeof source === "string") return new sources.FilePathSource(source);
  if (source instanceof Uint8Array) return new sources.BufferSource(source);
  return new sources.CustomSource({
    getSize: () => source.sizeBytes,
    read: (start, end) => source.read(start, end),
  });
}
