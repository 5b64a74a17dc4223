import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";

interface ClipOptions {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

const FRAMES_PER_SECOND = 10;
const FORMATS = { mp4: Mp4OutputFormat, mov: MovOutputFormat, webm: WebMOutputFormat } as const;

/** A clip whose container is real and whose frames are not: enough for whoever reads headers alone. */
export async function muxClip(type: keyof typeof FORMATS, options: ClipOptions): Promise<Buffer> {
  const { width, height, seconds } = options;
  const target = new BufferTarget();
  const output = new Output({ format: new FORMATS[type](), target });
  const frames = new EncodedVideoPacketSource("vp9");
  output.addVideoTrack(frames);
  await output.start();
  const meta = { decoderConfig: { codec: "vp09.00.10.08", codedWidth: width, codedHeight: height } };
  for (let index = 0; index < seconds * FRAMES_PER_SECOND; index += 1) {
    const kind = index === 0 ? "key" : "delta";
    const [at, lasts] = [index / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND];
    await frames.add(new EncodedPacket(new Uint8Array([0x82, 0x49, 0x83, 0x42]), kind, at, lasts), meta);
  }
  await output.finalize();
  if (target.buffer === null) throw new Error("The clip was not written.");
  return Buffer.from(target.buffer);
}
