/**
 * Has the scripts fetched that are loaded late: the app's own, and those of the room that the address names, which the app asks for
 * when it has run. The build says in the page which those are, a `meta` for the app and one for each room, whose `content` begins
 * with its path.
 */
export function preloadScripts({ document, location }: Window): void {
  const wordsOf = (name: string) =>
    Array.from(document.querySelectorAll<HTMLMetaElement>(`meta[name="${name}"]`), ({ content }) =>
      // In development there are none.
      content.split(" ").filter((word) => word !== ""),
    );
  const ofApp = wordsOf("app-scripts").flat();
  const [, ...ofRoom] = wordsOf("room-scripts").find(([path]) => path === location.pathname) ?? [];
  for (const href of [...ofApp, ...ofRoom]) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.crossOrigin = "anonymous";
    link.href = href;
    document.head.append(link);
  }
}
