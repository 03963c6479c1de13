// Runs before the page is painted, so that nobody in the dark is flashed at.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => { document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  document.documentElement.classList.add("scripted");
  dark.addEventListener("change", apply);
  apply();
})();
