// Sets the theme before the first paint; a separate file because the page's policy allows no inline scripts.
(function () {
  var scheme = null;
  try {
    scheme = localStorage.getItem("safelight-theme");
  } catch {
    // Storage is refused in some private windows: follow the system.
  }
  if (scheme !== "dark" && scheme !== "light") {
    scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  }
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
