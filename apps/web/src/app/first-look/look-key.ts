/** What tells a page of this moment from those that would not look like it. */
export interface LookPlace {
  /** Names of the scripts and styles: those of another build draw something else. */
  readonly build: readonly string[];
  /** Path and query. */
  readonly address: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** The local day: pages say "Today". */
  readonly day: string;
}

/** Where the one kept look lies in the browser's storage. */
export const LOOK_KEPT_AT = "safelight-first-look";

/** Pages that are kept; others are as quick without. */
const KEPT_PATHS = new Set(["/create", "/jobs"]);

/** The place that a window shows; `undefined` where nothing is kept. */
export function lookPlace({ document, location, innerWidth, innerHeight }: Window): LookPlace | undefined {
  const styles = document.querySelectorAll<HTMLLinkElement>("head > link[rel=stylesheet]");
  // In development styles come with the scripts, too late for what would be drawn before them.
  if (!KEPT_PATHS.has(location.pathname) || styles.length === 0) return undefined;
  const scripts = document.querySelectorAll<HTMLScriptElement>("script[type=module]");
  return {
    build: [...Array.from(scripts, ({ src }) => src), ...Array.from(styles, ({ href }) => href)],
    address: location.pathname + location.search,
    width: innerWidth,
    height: innerHeight,
    day: new Date().toDateString(),
  };
}

/** A kept look begins with this; what follows is its HTML. */
export function lookKey(place: LookPlace): string {
  return `${JSON.stringify(place)}\n`;
}
