// The switch between light and dark, and the links of paragraphs. Loaded in the head, so that a reader's choice is there before the first paint; the page works without it.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const chosen = stored();
  if (chosen === "dark" || chosen === "light") root.dataset.scheme = chosen;
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".scheme");
    if (!button) return;
    const dark = () => (root.dataset.scheme ?? (system.matches ? "dark" : "light")) === "dark";
    const show = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      const next = dark() ? "light" : "dark";
      root.dataset.scheme = next;
      try { localStorage.setItem("scheme", next); } catch { /* private mode: the choice lasts as long as the page */ }
      show();
    });
    system.addEventListener("change", show);
    show();
  });
  // One open menu at a time; Escape closes it, and so does a click elsewhere.
  const menus = () => document.querySelectorAll("details.menu[open], details.languages[open]");
  addEventListener("click", e => menus().forEach(m => { if (!m.contains(e.target)) m.open = false; }));
  addEventListener("keydown", e => {
    if (e.key !== "Escape") return;
    menus().forEach(m => { m.open = false; m.querySelector("summary").focus(); });
  });
  // A paragraph's link copies its address and says so; where that is not possible, it is followed.
  addEventListener("click", e => {
    const link = e.target.closest?.(".here");
    if (!link || !navigator.clipboard || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    history.replaceState(null, "", link.hash);
    navigator.clipboard.writeText(link.href).then(() => {
      link.dataset.copied = "";
      let said = document.querySelector(".copied");
      if (!said) {
        said = document.body.appendChild(document.createElement("p"));
        said.className = "copied hidden";
        said.setAttribute("role", "status");
      }
      said.textContent = "";
      setTimeout(() => { said.textContent = link.closest("[data-copied]:not(.here)")?.dataset.copied ?? ""; }, 100);
      setTimeout(() => delete link.dataset.copied, 2500);
    }, () => { location.hash = link.hash; });
  });
  // The stroke leads to the search from anywhere but a place to type in.
  addEventListener("keydown", e => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = [...document.querySelectorAll("main input[type=search], .find input")].find(i => i.checkVisibility());
    const link = document.querySelector(".find-link");
    if (!box && !link) return;
    e.preventDefault();
    if (box) { box.focus(); box.select(); } else link.click();
  });
})();
