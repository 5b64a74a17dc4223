/** What a browser sees in a clip: pixels, length, and a frame that stands for it. */
export interface ClipLook {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly poster: ClipPoster;
}

/** A still picture, in pixels. */
export interface ClipPoster {
  readonly bytes: Blob;
  readonly width: number;
  readonly height: number;
}

const MOST_WAIT_MS = 20_000;
/** First frames are often black or still: the poster is taken this far into a clip, but no later than a second. */
const POSTER_AT = 0.1;
const POSTER_WIDTH = 1024;
/** Beyond the end of any clip: the browser goes to the end, and knows the length then. */
const PAST_THE_END_S = 1e7;

/** Opens a clip unseen. Rejects when this browser cannot play it, or within 20 seconds when nothing comes. */
export async function lookIntoClip(url: string): Promise<ClipLook> {
  const video = document.createElement("video");
  const signal = AbortSignal.timeout(MOST_WAIT_MS);
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  try {
    const loaded = happened(video, "loadeddata", signal);
    video.src = url;
    await loaded;
    // A recording made live does not say how long it is.
    if (!Number.isFinite(video.duration)) await seek(video, PAST_THE_END_S, signal);
    const seconds = Number.isFinite(video.duration) ? video.duration : video.currentTime;
    await seek(video, Math.min(1, seconds * POSTER_AT), signal);
    const { videoWidth: width, videoHeight: height } = video;
    return { width, height, durationMs: Math.round(seconds * 1000), poster: await posterOf(video) };
  } finally {
    // Lets go of the bytes: browsers keep a few clips open at a time.
    video.removeAttribute("src");
    video.load();
  }
}

async function posterOf(video: HTMLVideoElement): Promise<ClipPoster> {
  const width = Math.min(POSTER_WIDTH, video.videoWidth);
  const height = Math.max(1, Math.round((video.videoHeight / video.videoWidth) * width));
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(video, 0, 0, width, height);
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", 0.86));
  if (bytes === null) throw new Error("The frame could not be kept as a picture.");
  return { bytes, width, height };
}

async function seek(video: HTMLVideoElement, seconds: number, signal: AbortSignal): Promise<void> {
  const sought = happened(video, "seeked", signal);
  video.currentTime = seconds;
  await sought;
}

function happened(video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("The clip cannot be played here."));
    video.addEventListener(event, () => resolve(), { once: true, signal });
    video.addEventListener("error", fail, { once: true, signal });
    signal.addEventListener("abort", fail, { once: true });
  });
}
