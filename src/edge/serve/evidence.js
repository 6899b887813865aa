
// Evidence: what each value of a briefing rests on. Part of `depeche serve` only; the page itself knows nothing of it.
(() => {
  const NAME = "depeche-evidence";
  const names = {
    title: "Title", date: "Date", event_dates: "Event dates", embargo_until: "Embargo until", dateline: "Dateline", lang: "Language", countries: "Countries", mentions: "Mentioned",
    topics: "Topics", people: "People", organisations: "Organisations", summary: "Summary", seed: "Seed",
  };
  const highlights = globalThis.Highlight && CSS.highlights;
  let shown = [];
  let lit = [];
  let pinned = null;
  let state = "";

  const remembered = () => { try { return sessionStorage.getItem(NAME) === "on"; } catch { return false; } };
  const remember = (on) => { try { sessionStorage.setItem(NAME, on ? "on" : "off"); } catch { /* a browser that keeps nothing */ } };

  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "text") made.textContent = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // White space differs between a seed and its page, so texts are compared without it.
  const folded = (text) => text.replace(/[\s\u00AD\u200B]+/gu, "").replace(/’/gu, "'").toLowerCase();

  /** The text below `root` without white space; where each of its characters is. */
  function letters(root, skip) {
    const found = { text: "", nodes: [], offsets: [] };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (skip && node.parentElement.closest(skip)) continue;
      for (let at = 0; at < node.data.length; at += 1) {
        const sign = folded(node.data[at]);
        for (const part of sign) { found.text += part; found.nodes.push(node); found.offsets.push(at); }
      }
    }
    return found;
  }

  function find(hay, place) {
    const text = folded(place.text);
    if (!text) return null;
    const before = folded(place.before);
    const around = hay.text.indexOf(before + text + folded(place.after));
    const half = around < 0 ? hay.text.indexOf(before + text) : around;
    const at = half < 0 ? hay.text.indexOf(text) : half + before.length;
    if (at < 0) return null;
    const range = document.createRange();
    range.setStart(hay.nodes[at], hay.offsets[at]);
    range.setEnd(hay.nodes[at + text.length - 1], hay.offsets[at + text.length - 1] + 1);
    return range;
  }

  /** The places of a value in the article; what became the headline is looked for there. */
  function ranges(value) {
    const article = document.querySelector("main article") ?? document.querySelector("main") ?? document.body;
    const body = letters(article, "header, nav, aside, script, style, [id^=depeche]");
    const head = letters(article, "nav, aside, script, style, [id^=depeche], .kicker");
    return (value.places ?? []).map((place) => find(body, place) ?? find(head, place)).filter(Boolean);
  }

  function light(value, button, scroll) {
    dim();
    const found = ranges(value);
    if (highlights) highlights.set(NAME, new Highlight(...found));
    else lit = found.map((range) => range.startContainer.parentElement);
    for (const element of lit) element.classList.add("depeche-lit");
    const status = document.getElementById("depeche-status");
    const name = value.label.length > 60 ? `${value.label.slice(0, 59)}…` : value.label;
    const places = value.places?.length ?? 0;
    if (found.length > 0) status.textContent = `${name}: ${found.length === 1 ? "one place" : `${found.length} places`} in the text`;
    else if (places > 0) status.textContent = `${name}: its words are not on this page; the text was edited`;
    else status.textContent = value.rule === undefined ? `${name}: not derived, written by a person` : `${name}: rests on no words of the text`;
    if (scroll && found.length > 0) {
      const box = found[0].getBoundingClientRect();
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (box.top < 80 || box.bottom > innerHeight - 120) scrollBy({ top: box.top - innerHeight / 3, behavior: still ? "auto" : "smooth" });
    }
  }

  function dim() {
    if (highlights) highlights.delete(NAME);
    for (const element of lit) element.classList.remove("depeche-lit");
    lit = [];
  }

  function unpin() {
    pinned?.setAttribute("aria-pressed", "false");
    pinned = null;
    dim();
    const status = document.getElementById("depeche-status");
    if (status) status.textContent = "";
  }

  /** The button below a value: how sure, by which rule. */
  function why(value) {
    const sure = typeof value.confidence === "number" ? `${Math.round(value.confidence * 100)} %` : "";
    const rule = value.rule ?? (value.places ? "" : "written by a person");
    const button = make("button", { type: "button", "aria-pressed": "false", lang: "en", dir: "ltr", class: value.enough === false ? "depeche-why depeche-unsure" : "depeche-why" });
    if (sure) button.append(make("strong", { text: sure }));
    if (value.enough === false) button.append(make("span", { text: "unsure" }));
    if (rule) button.append(make("bdi", { text: rule }));
    button.setAttribute("aria-label", `Evidence for ${value.label}: ${[sure, rule].filter(Boolean).join(", ")}`);
    watch(button, value, button);
    button.addEventListener("click", () => {
      const again = pinned === button;
      unpin();
      if (again) return;
      pinned = button;
      button.setAttribute("aria-pressed", "true");
      light(value, button, true);
    });
    return button;
  }

  function watch(element, value, button) {
    const on = () => { if (!pinned && isOn()) light(value, button, false); };
    const off = () => { if (!pinned) unpin(); };
    element.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") on(); });
    element.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") off(); });
    element.addEventListener("focus", on);
    element.addEventListener("blur", off);
  }

  /** Where the page itself shows a value among its facts. */
  function place(key, value, base) {
    const facts = [...document.querySelectorAll("main dl dd, aside dl dd, dl dd")];
    const inFacts = (selector) => facts.map((fact) => fact.querySelector(selector)).find(Boolean);
    const path = (folder, name) => `${base}${folder}/${encodeURIComponent(name.toLowerCase())}/`;
    if (key === "countries") return inFacts(`a[href$="${path("countries", value.value)}"]`);
    if (key === "topics") return inFacts(`a[href$="${path("topics", value.value)}"]`);
    if (key === "date") return inFacts("time");
    const same = (element) => element && element.textContent.trim() === value.label;
    if (key === "people" || key === "organisations" || key === "lang") {
      return facts.flatMap((fact) => [...fact.children, fact]).find(same);
    }
    return null;
  }

  const isOn = () => document.documentElement.classList.contains("depeche-explains");

  function turn(on) {
    document.documentElement.classList.toggle("depeche-explains", on);
    document.getElementById("depeche-toggle")?.setAttribute("aria-pressed", String(on));
    if (!on) unpin();
    remember(on);
  }

  function clear() {
    unpin();
    for (const element of shown) element.remove();
    shown = [];
  }

  function add(parent, ...children) {
    parent.append(...children);
    shown.push(...children);
  }

  function review(waiting) {
    const list = make("ul", {});
    for (const one of waiting) {
      const head = make("p", {}, make("strong", { text: names[one.key] ?? one.key }));
      if (typeof one.confidence === "number") head.append(` ${Math.round(one.confidence * 100)} %`);
      list.append(make("li", {}, head, make("p", {}, make("bdi", { text: one.reason })), command(one.accept, names[one.key] ?? one.key), make("p", {}, make("code", { text: one.place }))));
    }
    const heading = make("h2", { text: waiting.length === 1 ? "One value waits for review" : `${waiting.length} values wait for review`, id: "depeche-waiting" });
    return make("section", { class: "depeche-waiting", "aria-labelledby": "depeche-waiting" }, heading, list);
  }

  /** All briefings that wait, on a page that is none. */
  function all(found) {
    const list = make("ul", {});
    for (const one of found.waiting) {
      const link = make("a", { href: encodeURI(found.base + one.path.slice(1)), lang: one.lang, dir: "auto", text: one.title });
      const reasons = one.reasons.map((reason, at) => make("p", {}, make("strong", { text: names[one.keys[at]] ?? one.keys[at] }), " ", make("bdi", { text: reason })));
      list.append(make("li", {}, make("p", {}, link), ...reasons, command(one.accept, one.title)));
    }
    const heading = make("h2", { text: found.waiting.length === 1 ? "One briefing waits for review" : `${found.waiting.length} briefings wait for review` });
    return make("section", { id: "depeche-evidence", lang: "en", dir: "ltr", "aria-label": "Review" }, heading, list);
  }

  /** A command, and a button that copies it. */
  function command(text, of) {
    const copy = make("button", { type: "button", text: "Copy", "aria-label": `Copy the command for ${of}` });
    const code = make("code", { text });
    copy.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(text); copy.textContent = "Copied"; } catch { getSelection().selectAllChildren(code); }
    });
    return make("p", { class: "depeche-command" }, code, copy);
  }

  function embargoes(found) {
    for (const [path, until] of Object.entries(found.held)) {
      const here = encodeURI(found.base + path.slice(1));
      for (const link of document.querySelectorAll("main a")) {
        if (link.getAttribute("href") !== here) continue;
        const tag = make("span", { class: "depeche-tag", lang: "en", dir: "ltr", text: `embargo until ${until}` });
        link.after(tag);
        shown.push(tag);
      }
    }
    if (found.until) {
      const note = make("p", { class: "depeche-held", role: "note", lang: "en", dir: "ltr", text: `Under embargo until ${found.until}: a build leaves this page out.` });
      (document.querySelector("main") ?? document.body).prepend(note);
      shown.push(note);
    }
  }

  function show(found) {
    const now = JSON.stringify(found);
    if (now === state) return;
    state = now;
    clear();
    if (!found) return;
    embargoes(found);
    const page = found.page;
    if (!page) {
      if (found.waiting.length > 0) offer(`${found.waiting.length} to review`, all(found));
      return;
    }

    const others = make("dl", {});
    for (const { key, values } of page.fields) {
      const homeless = [];
      for (const value of values) {
        const element = place(key, value, found.base);
        const button = why(value);
        if (element) {
          const holder = make("span", { class: "depeche-below" }, button);
          const item = element.closest("dd li") ?? element.closest("dd");
          // A name with a role below it has its evidence between the two.
          if (item !== element && item.tagName === "DD" && item.children.length > 1) element.after(holder);
          else item.append(holder);
          shown.push(holder);
          watch(element, value, button);
        } else homeless.push([value, button]);
      }
      if (homeless.length > 0) {
        others.append(make("dt", { text: names[key] ?? key }));
        for (const [value, button] of homeless) {
          const text = make("bdi", { text: value.label });
          others.append(make("dd", {}, text, button));
        }
      }
    }
    const panel = make("section", { id: "depeche-evidence", lang: "en", dir: "ltr", "aria-label": "Evidence" });
    if (page.waiting.length > 0) panel.append(review(page.waiting));
    if (!page.derived) panel.append(make("p", { text: `${page.seed} is gone, or is not what was imported: there is no evidence until the next import.` }));
    if (others.children.length > 0) panel.append(make("h2", { text: "Other values" }), others);
    panel.append(make("p", {}, make("code", { text: page.file })));

    offer(page.waiting.length > 0 ? `Evidence · ${page.waiting.length} to review` : "Evidence", panel);
  }

  /** The button that shows and hides a panel below the article. */
  function offer(label, panel) {
    const toggle = make("button", { type: "button", id: "depeche-toggle", lang: "en", dir: "ltr", "aria-pressed": "false", "aria-controls": "depeche-evidence", text: label });
    toggle.addEventListener("click", () => turn(!isOn()));
    const status = make("p", { id: "depeche-status", role: "status", lang: "en", dir: "ltr" });
    const articles = document.querySelectorAll("main article");
    if (articles.length === 1) articles[0].after(panel);
    else (document.querySelector("main") ?? document.body).prepend(panel);
    shown.push(panel);
    add(document.body, make("div", { id: "depeche-bar" }, status, toggle));
    turn(remembered());
  }

  async function load() {
    const reply = await fetch("/_depeche/evidence?path=" + encodeURI(decodeURI(location.pathname)), { cache: "no-store" });
    if (reply.ok) show(await reply.json());
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && pinned) unpin(); });
  document.addEventListener("depeche-looked", (event) => {
    if (event.detail) state = "";
    load().catch(() => {});
  });
})();
