const STEP_S = 1;

/** The part of a player that keys reach. */
export interface Player {
  readonly paused: boolean;
  readonly duration: number;
  currentTime: number;
  muted: boolean;
  play(): Promise<void>;
  pause(): void;
}

/**
 * What a key does to a clip: Space plays and pauses, `m` turns the sound on and off, Shift and an arrow goes back or on by
 * a second. Answers whether it meant something here.
 */
export function playByKey(
  player: Player,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
): boolean {
  if (key === " ") {
    if (player.paused) {
      // Another key may stop it before it began.
      player.play().catch(() => undefined);
    } else player.pause();
  } else if (key === "m") player.muted = !player.muted;
  else if (shiftKey && key === "ArrowLeft") player.currentTime = Math.max(0, player.currentTime - STEP_S);
  else if (shiftKey && key === "ArrowRight")
    player.currentTime = Math.min(player.duration || 0, player.currentTime + STEP_S);
  else return false;
  return true;
}
