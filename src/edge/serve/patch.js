// Turns the page that is shown into its new version: what is the same stays in place, and with it the scroll position, the focus, open menus
// and what a reader has typed. Part of `depeche serve` only. Throws where the new page needs scripts that this one has not run.
function patch(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  // What a script or a reader has set on these elements is theirs.
  const kept = { HTML: ["class", "data-scheme"], DETAILS: ["open"], DIALOG: ["open"], BUTTON: ["hidden", "aria-pressed", "aria-expanded"], INPUT: ["value", "aria-expanded"] };
  const ours = (node) => node.nodeType === 1 && ((node.id ?? "").startsWith("depeche-") || [...node.classList].some((name) => name.startsWith("depeche-")) || /^\/_depeche\//.test(node.getAttribute("src") ?? node.getAttribute("href") ?? ""));
  const scripts = (root) => [...root.querySelectorAll("script[src]")].filter((node) => !ours(node)).map((node) => node.getAttribute("src")).join(" ");
  const root = document.documentElement;
  if (scripts(document) !== scripts(next) || root.dir !== next.documentElement.dir) throw new Error("a page of another kind");

  function attributes(from, to) {
    const mine = kept[from.tagName] ?? [];
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !mine.includes(name)) from.removeAttribute(name);
    for (const { name, value } of to.attributes) if (!mine.includes(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }

  const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");

  function morph(from, to) {
    if (from.nodeType !== 1) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
      return;
    }
    attributes(from, to);
    children(from, to);
  }

  function children(from, to) {
    const all = [...from.childNodes];
    const had = all.filter((node) => !ours(node));
    const want = [...to.childNodes].filter((node) => !ours(node));
    const end = all.find(ours) ?? null;
    let first = 0, last = had.length, wanted = want.length;
    while (first < last && first < wanted && had[first].isEqualNode(want[first])) first++;
    while (last > first && wanted > first && had[last - 1].isEqualNode(want[wanted - 1])) { last--; wanted--; }
    let at = first;
    for (const node of want.slice(first, wanted)) {
      let match = at;
      while (match < last && !alike(had[match], node)) match++;
      if (match < last) {
        while (at < match) had[at++].remove();
        morph(had[at++], node);
      } else from.insertBefore(document.importNode(node, true), had[at] ?? end);
    }
    while (at < last) had[at++].remove();
  }

  /** A new sheet takes effect before the old one goes, so that the page is never bare. */
  function sheets() {
    const here = [...document.head.querySelectorAll("link[rel=stylesheet]")].filter((node) => !ours(node));
    const there = [...next.head.querySelectorAll("link[rel=stylesheet]")];
    there.forEach((sheet, at) => {
      const old = here[at];
      if (old?.getAttribute("href") === sheet.getAttribute("href")) return;
      const made = document.importNode(sheet, true);
      if (!old) return document.head.append(made);
      made.addEventListener("load", () => old.remove());
      made.addEventListener("error", () => old.remove());
      old.after(made);
    });
    here.slice(there.length).forEach((node) => node.remove());
  }

  function head() {
    const plain = (node) => node.nodeType === 1 && !ours(node) && !node.matches("script, link[rel=stylesheet]");
    const here = [...document.head.children].filter(plain);
    const there = [...next.head.children].filter(plain);
    const same = here.length === there.length && here.every((node, at) => node.isEqualNode(there[at]));
    if (same) return;
    for (const node of here) if (!there.some((other) => other.isEqualNode(node))) node.remove();
    for (const node of there) if (!here.some((other) => other.isEqualNode(node))) document.head.append(document.importNode(node, true));
  }

  attributes(root, next.documentElement);
  head();
  sheets();
  attributes(document.body, next.body);
  children(document.body, next.body);
  return next.querySelector("script[data-mark]")?.dataset.mark;
}
