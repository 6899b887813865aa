// Brings the page up to date when its bytes have changed, and shows what is wrong over the last good page. Part of `depeche serve` only.
let mark = document.currentScript.dataset.mark;
const overlayId = "depeche-overlay";
let dismissed = "";

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function show(errors) {
  const state = JSON.stringify(errors);
  document.getElementById(overlayId)?.remove();
  if (errors.length === 0 || state === dismissed) return;
  const list = element("ul", "", ...errors.map((error) => {
    const place = error.line ? `${error.file}:${error.line}` : error.file;
    const item = element("li", "", element("strong", place), element("p", error.message));
    if (error.excerpt) item.append(element("pre", error.excerpt));
    if (error.help) item.append(element("p", error.help));
    return item;
  }));
  const close = element("button", "Hide");
  close.type = "button";
  close.addEventListener("click", () => { dismissed = state; show([]); });
  const box = element("aside", "", element("h2", errors.length === 1 ? "One error" : `${errors.length} errors`), list, close);
  box.id = overlayId;
  box.lang = "en";
  box.dir = "ltr";
  box.setAttribute("role", "alert");
  document.body.append(box);
}

async function look() {
  const reply = await fetch("/_depeche/errors?path=" + encodeURI(decodeURI(location.pathname)), { cache: "no-store" });
  const now = await reply.json();
  const changed = now.mark && now.mark !== mark;
  if (changed && !await renew()) return location.reload();
  show(now.errors);
  document.dispatchEvent(new CustomEvent("depeche-looked", { detail: changed }));
}

/** Patches the page in place; `false` where only a reload will do. */
async function renew() {
  try {
    const reply = await fetch(location.href, { cache: "no-store" });
    const found = patch(await reply.text());
    if (found) mark = found;
    return Boolean(found);
  } catch { return false; }
}

document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/_depeche/live.css" }));
// The server tells its version on every connection: whatever happened before this page listened is not missed.
const versions = new EventSource("/_depeche/events");
let looking = Promise.resolve();
versions.addEventListener("version", () => { looking = looking.then(look).catch(() => {}); });
