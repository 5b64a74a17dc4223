/**
 * Has the scripts of the room that the address names fetched beside the app's own: the app asks for them when it has run. The build
 * says in the page which those are, a `meta` for each room whose `content` begins with its path.
 */
export function preloadRoom({ document, location }: Window): void {
  for (const { content } of document.querySelectorAll<HTMLMetaElement>('meta[name="room-scripts"]')) {
    const [path, ...scripts] = content.split(" ");
    if (path !== location.pathname) continue;
    for (const href of scripts) {
      const link = document.createElement("link");
      link.rel = "preload";
      link.as = "script";
      link.crossOrigin = "anonymous";
      link.href = href;
      document.head.append(link);
    }
  }
}
