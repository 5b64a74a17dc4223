/**
 * Says that the app could not be started, in place of a look that nobody can use or of an empty page. It is made of plain elements: what
 * the app is made of may be what did not come.
 */
export function showStartFailure({ document, location }: Window, root: HTMLElement): void {
  const words = document.createElement("p");
  words.textContent =
    "Safelight could not be started. What was made is safe; the page has to be loaded again.";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Load it again";
  button.addEventListener("click", () => location.reload());
  const notice = document.createElement("main");
  notice.role = "alert";
  notice.dataset["startFailure"] = "";
  notice.append(words, button);
  root.replaceChildren(notice);
}
