const integer = new Intl.NumberFormat("en-US");
const timeOfDay = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exactTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dateOnly = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const fullDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** 1284 → "1,284". */
export function formatCount(count: number): string {
  return integer.format(count);
}

/** "1 picture", "14 pictures". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** US dollars, with as many decimals as a small charge needs: "$41.20", "$0.035". */
export function formatUsd(usd: number): string {
  if (usd === 0) return "$0";
  return usd < 0.1 ? `$${Number(usd.toPrecision(2))}` : `$${usd.toFixed(2)}`;
}

/** Seconds as "0:09", "4:12", "1:02:10". */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Seconds in words: "0.4 s", "6.1 s", "4 min 12 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}

/** Bytes as "812 B", "48 KB", "3.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** An ISO instant as the local "14:02". */
export function formatTime(iso: string): string {
  return timeOfDay.format(new Date(iso));
}

/** An instant (ISO, or epoch ms) as the local "14:02:31". */
export function formatExactTime(at: string | number): string {
  return exactTime.format(new Date(at));
}

/** A local day ("2026-11-21") as "21 Nov 2026". */
export function formatDay(day: string): string {
  const midnight = new Date(`${day}T00:00:00`);
  // An address may hold a day that no calendar has.
  return Number.isNaN(midnight.getTime()) ? day : dateOnly.format(midnight);
}

/** An ISO instant as "21 Nov 2026, 14:02". */
export function formatDate(iso: string): string {
  return fullDate.format(new Date(iso));
}
