/** What is known of a segment when room for more lines is thought of. */
export interface SegmentFill {
  /** Where its lines end, in bytes. */
  readonly sizeBytes: number;
  /** Where the room that is ready for more of them ends; at least `sizeBytes`. */
  readonly roomBytes: number;
  /** Size of the last batch. */
  readonly batchBytes: number;
  /** Size at which the segment is ended. */
  readonly segmentBytes: number;
}

/**
 * Writing into room that is there takes the disk about half as long as growing a file, whose new size must be made durable
 * too. Room costs its own bytes, so it is for those who wait for small writes: in a large batch many share the longer wait.
 */
const LARGEST_BATCH_BYTES = 16 * 1024;
const LEAST_ROOM_BYTES = 64 * 1024;
const MOST_ROOM_BYTES = 256 * 1024;

/** Bytes of room to make ready now, after what is there; 0 for none. It grows with what the segment has come to hold. */
export function roomToPrepare({ sizeBytes, roomBytes, batchBytes, segmentBytes }: SegmentFill): number {
  if (batchBytes > LARGEST_BATCH_BYTES) return 0;
  const wanted = Math.min(MOST_ROOM_BYTES, Math.max(LEAST_ROOM_BYTES, sizeBytes));
  if (roomBytes - sizeBytes > wanted / 4) return 0;
  return Math.max(0, Math.min(roomBytes + wanted, segmentBytes) - roomBytes);
}
