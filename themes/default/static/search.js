// The search page. It reads the index that the site was built with, a small file a word, and sends nothing anywhere.
// fold, words and query mirror src/site/search/; tests/browser/fold.json tests both.

const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0];
const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", þ: "th", ς: "σ", "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06d2": "\u064a", "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647", "\u06d5": "\u0647", "\u06a9": "\u0643" };
const FOLDED = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const DENSE = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`(?:(?=[${DENSE}])[\\p{Alphabetic}\\p{N}\\p{M}])+|(?:(?![${DENSE}])[\\p{Alphabetic}\\p{N}\\p{M}])+`, "gu");
const IS_DENSE = new RegExp(`^[${DENSE}]`, "u");
const LONGEST = 32;

/** Lower case, without accents and points, letters of one sound or shape as one. */
export function fold(text) {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(MARKS, "").replace(FOLDED, c => LETTERS[c])
    .replace(/[^\0-\x7f]/gu, c => { const n = c.codePointAt(0), zero = ZEROS.find(z => n >= z && n < z + 10); return zero ? String(n - zero) : c; })
    .normalize("NFC");
}

/** The words of a text; `last`: with the last character of each run of pairs, as the index has them. */
export function words(text, last = true) {
  if (!text) return [];
  return (fold(text).match(RUN) ?? []).flatMap(run => {
    const letters = [...run];
    if (!IS_DENSE.test(run)) return [letters.slice(0, LONGEST).join("")];
    const pairs = letters.slice(1).map((c, i) => letters[i] + c);
    return last || letters.length === 1 ? [...pairs, letters.at(-1)] : pairs;
  });
}
export const query = text => words(text, false);

// Quotation marks of any language; an apostrophe is none.
const QUOTE = /["“”„‟«»＂「」『』]/;
/** Whether the last word may be half typed. */
const isOpen = text => !/[\s"“”„‟«»＂「」『』]$/.test(text);
/** The pairs of words that a text has in quotation marks, which may still lack the second one. */
export function pairs(text) {
  const parts = text.split(QUOTE);
  return parts.flatMap((part, n) => {
    if (n % 2 === 0) return [];
    const asked = query(part).filter(w => [...w].length > 1 || !IS_DENSE.test(w));
    if (n === parts.length - 1 && isOpen(text)) asked.pop();
    return asked.slice(1).map((w, i) => [asked[i], w]);
  });
}
/** What a pair is known by in the index: a number of 32 bits. */
export function number(a, b) {
  let n = 0x811c9dc5;
  for (const c of `${a} ${b}`.split("")) n = Math.imul(n ^ c.charCodeAt(0), 0x01000193);
  n = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d);
  return (n ^ (n >>> 13)) >>> 0;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = new Uint8Array(128);
for (let i = 0; i < 64; i++) DIGIT[ALPHABET.charCodeAt(i)] = i;

/** A row of documents: calls `each` with every number and its note, of so many notes. */
export function read(row, notes, each) {
  let last = -1, value = 0, scale = 1;
  for (let i = 0; i < row.length; i++) {
    const digit = DIGIT[row.charCodeAt(i)];
    value += (digit & 31) * scale;
    scale *= 32;
    if (digit > 31) continue;
    const note = value % notes, step = (value - note) / notes;
    last = last < 0 ? step : last - step;
    each(last, note);
    value = 0; scale = 1;
  }
}

const WEIGHTS = [18, 6, 2]; // title, summary, body; the very word and not only its beginning: 1 more
const MOST = 4; // shards fetched for the beginning of a word: for fewer letters than that takes, those that come first
const GONE = new Error("gone");

/** The index at an address: what it holds is fetched once, when it is asked for. */
export class Index {
  constructor(address, get = (...all) => fetch(...all)) { this.address = address; this.get = get; this.kept = new Map(); }
  async json(path, options) {
    const reply = await this.get(new URL(path, this.address), options);
    if (!reply.ok) throw reply.status === 404 ? GONE : new Error(reply.status);
    return reply.json();
  }
  file(path) {
    if (!this.kept.has(path)) this.kept.set(path, this.json(path).catch(e => { this.kept.delete(path); throw e; }));
    return this.kept.get(path);
  }
  table() { return this.opened ??= this.json("index.json", { cache: "no-cache" }).catch(e => { this.opened = null; throw e; }); }
  /** Runs a search; where the site was published anew meanwhile, once more with its new table. */
  async fresh(work) {
    try { return await work(); } catch (e) { if (e !== GONE) throw e; this.opened = null; return work(); }
  }

  /** A score for each document, 0 where it has neither the word nor, with `prefix`, one that begins with it. The place of a document is that
      among results of one score: the newest briefing first, pages last. */
  async word(word, prefix) {
    const { terms, briefings, pages, first_page } = await this.table();
    let at = 0;
    for (let low = 0, high = terms.length; low < high;) { const mid = (low + high) >> 1; if (terms[mid][0] <= word) { at = mid; low = mid + 1; } else high = mid; }
    const shards = [];
    for (let i = at; i < terms.length && i < at + MOST && (i === at || (prefix && terms[i][0].startsWith(word))); i++) shards.push(this.file(`words/${terms[i][1]}.json`));
    const scores = new Uint8Array(briefings + pages);
    for (const shard of await Promise.all(shards)) {
      for (const term of prefix ? Object.keys(shard).filter(t => t.startsWith(word)) : Object.hasOwn(shard, word) ? [word] : []) {
        const more = term === word ? 1 : 0;
        read(shard[term], 3, (id, part) => {
          const place = id < first_page ? briefings - 1 - id : briefings + id - first_page, score = WEIGHTS[part] + more;
          if (score > scores[place]) scores[place] = score;
        });
      }
    }
    return scores;
  }

  /** The documents in which two words are neighbours; nothing where those are too many to tell. */
  async pair([a, b]) {
    const { pairs } = await this.table();
    if (!pairs) return new Set();
    const marks = await this.file(`pairs/${pairs}.json`), bits = Math.log2(marks.length / 6), n = number(a, b);
    const at = bits && n >>> (32 - bits), key = n >>> (14 - bits);
    const shard = await this.file(`pairs/${at}.${marks.slice(at * 6, at * 6 + 6)}.json`);
    const from = shard.indexOf(`.${[12, 6, 0].map(bit => ALPHABET[(key >>> bit) & 63]).join("")}`);
    const ids = new Set();
    if (from < 0) return ids;
    const row = shard.slice(from + 4, shard.indexOf(".", from + 4));
    if (row === "*") return null;
    read(row, 1, id => ids.add(id));
    return ids;
  }

  /** The documents of one value of a facet; of a year, a test of the number. */
  async facet(name, value) {
    const { facets, first_page } = await this.table();
    const entry = facets[name]?.[value];
    if (!entry) return new Set();
    if (name === "year") {
      const [count, last] = entry;
      return { has: id => id <= last && id > last - count && id < first_page };
    }
    const ids = new Set();
    read(await this.file(`facets/${name}-${value}.${entry[1]}.json`), 1, id => ids.add(id));
    return ids;
  }

  /** The documents that have all words of a text, those in quotation marks side by side, and all values of facets, the best first, then the newest. */
  async search(text, chosen) {
    const { briefings, pages, first_page } = await this.table();
    const asked = [...new Set(query(text))];
    // The last word may be half typed; Korean writes particles at the end of words.
    const open = isOpen(text);
    const [found, facets, phrases] = await Promise.all([
      Promise.all(asked.map((w, i) => this.word(w, (open && i === asked.length - 1) || /^[가-힣]/.test(w)))),
      Promise.all(Object.entries(chosen).map(([name, value]) => this.facet(name, value))),
      Promise.all(pairs(text).map(pair => this.pair(pair))),
    ]);
    const sieves = [...facets, ...phrases.filter(Boolean)], by_score = [];
    next: for (let place = 0; place < briefings + pages; place++) {
      let sum = 0;
      for (const scores of found) { if (!scores[place]) continue next; sum += scores[place]; }
      const id = place < briefings ? briefings - 1 - place : first_page + place - briefings;
      for (const sieve of sieves) if (!sieve.has(id)) continue next;
      (by_score[sum] ??= []).push(id);
    }
    return by_score.reverse().flat();
  }

  /** What a result shows. */
  async title(id) {
    const { block, blocks, first_page } = await this.table();
    const [kind, n] = id >= first_page ? [1, id - first_page] : [0, id];
    const at = Math.floor(n / block);
    return (await this.file(`titles/${"bp"[kind]}${at}.${blocks[kind].slice(at * 6, at * 6 + 6)}.json`))[n % block];
  }
}

/** The pieces of a text: [piece, whether the query asks for it]. */
export function pieces(text, asked, open) {
  const wanted = (run, i) => asked.some((w, n) => run === w || (run.startsWith(w) && (i || (open && n === asked.length - 1) || /^[가-힣]/.test(w))));
  const out = [];
  const put = (piece, is) => { const end = out.at(-1); if (end && end[1] === is) end[0] += piece; else out.push([piece, is]); };
  // A word with its vowel signs and joiners; the fold of it is what the index has.
  for (const part of text.split(/([\p{Alphabetic}\p{N}\p{M}\u0640\u00ad\u200c\u200d]+)/u)) {
    const folded = fold(part);
    if (![...folded].some(c => IS_DENSE.test(c))) { put(part, part !== "" && wanted(folded, false)); continue; }
    const letters = [...part].map(c => [c, fold(c)]);
    const marked = letters.map(() => false);
    letters.forEach(([, c], i) => {
      if (asked.includes(c) || (IS_DENSE.test(c) && letters[i + 1] && asked.includes(c + letters[i + 1][1]) && (marked[i + 1] = true))) marked[i] = true;
    });
    letters.forEach(([c], i) => put(c, marked[i]));
  }
  return out;
}

const NAMES = ["country", "topic", "lang", "year"];
const PAGE = 20;

function start(root) {
  const find = selector => root.querySelector(selector);
  const { base, index: address, lang } = root.dataset;
  const input = find("input"), form = find("form"), status = find("[role=status]"), list = find(".results"), chips = find(".chips"), more = find(".more-results");
  const index = new Index(new URL(address, location.href));
  const links = [...root.querySelectorAll("a[data-facet]")];
  // What the page says before a search, and how its language writes numbers and days; none of it is needed until there is one.
  const once = make => { let made; return () => made ??= make(); };
  const named = once(() => new Map(links.map(a => [`${a.dataset.facet} ${a.dataset.value}`, a.textContent.trim()])));
  const nameOf = (facet, value) => named().get(`${facet} ${value}`) ?? value;
  const browsed = once(() => new Map(links.map(a => [a, { href: a.getAttribute("href"), count: a.nextElementSibling.textContent }])));
  const number = once(() => new Intl.NumberFormat(lang));
  let state, ids = [], shown = 0, turn = 0;

  const el = (tag, attributes = {}, ...children) => { const e = document.createElement(tag); for (const [k, v] of Object.entries(attributes)) if (v) e.setAttribute(k, v); e.append(...children); return e; };
  const parse = () => { const p = new URLSearchParams(location.search); return { q: p.get("q") ?? "", ...Object.fromEntries(NAMES.filter(n => p.get(n)).map(n => [n, p.get(n)])) }; };
  const link = s => { const p = new URLSearchParams(Object.entries(s).filter(([, v]) => v)); return `?${p}`; };
  const chosen = s => Object.fromEntries(NAMES.filter(n => s[n]).map(n => [n, s[n]]));
  const without = (s, n) => { const rest = { ...s }; delete rest[n]; return rest; };
  const calendar = options => once(() => new Intl.DateTimeFormat(`${lang === "en" ? "en-GB" : lang}-u-ca-gregory`, { ...options, timeZone: "UTC" }));
  const months = calendar({ year: "numeric", month: "long" }), days = calendar({ dateStyle: lang === "ar" ? "long" : "medium" });
  const day = text => { try { return (text.length === 7 ? months : days)().format(new Date(text.slice(0, 10))); } catch { return text; } };
  const marked = (text, attributes, tag) => el(tag, attributes, ...pieces(text, query(state.q), isOpen(state.q)).map(([t, is]) => (is ? el("mark", {}, t) : t)));

  function result([title, path, date, tongue, countries, topics, summary]) {
    const other = tongue !== lang ? { lang: tongue, dir: /^(ar|fa|ur|ps|ckb|he|yi|sd|ug|dv)\b/.test(tongue) ? "rtl" : "ltr" } : {};
    const when = el("p", { class: "item-when" });
    if (date) when.append(el("time", { datetime: date }, day(date)));
    if (tongue !== lang) when.append(" ", el("span", { class: "tag" }, nameOf("lang", tongue)));
    const what = el("div", { class: "item-what" }, el("h2", { class: "item-title", ...other }, el("a", { href: base + encodeURI(path) }, marked(title, {}, "span"))));
    if (summary) what.append(marked(summary, { class: "item-summary", ...other }, "p"));
    const terms = [...countries.map(c => nameOf("country", c)), ...topics.slice(0, 3).map(t => nameOf("topic", t))];
    if (terms.length) what.append(el("p", { class: "result-terms" }, terms.join(" · ")));
    return el("li", {}, el("article", { class: "item" }, when, what));
  }

  async function show(count, mine) {
    const next = ids.slice(shown, shown + count);
    const titles = await Promise.all(next.map(id => index.title(id)));
    if (mine !== turn) return;
    const items = titles.map(result);
    if (shown) list.append(...items); else list.replaceChildren(...items);
    const first = shown ? items[0] : null;
    shown += next.length;
    more.hidden = shown >= ids.length;
    return first;
  }

  /** Searches for what `state` says, and says how much there is. */
  async function run() {
    const mine = ++turn;
    const facets = chosen(state), active = query(state.q).length > 0 || Object.keys(facets).length > 0;
    if (!active && !root.classList.contains("searching")) return;
    for (const [a, { href }] of browsed()) a.href = active ? link({ ...state, [a.dataset.facet]: a.dataset.value }) : href;
    root.classList.toggle("searching", active);
    chips.replaceChildren(...Object.entries(facets).map(([n, v]) => el("li", {}, el("a", { href: link(without(state, n)), "data-remove": n, "aria-label": root.dataset.remove.replace("{name}", nameOf(n, v)) }, nameOf(n, v), el("span", { "aria-hidden": "true" }, " ×")))));
    if (!active) { ids = []; shown = 0; list.replaceChildren(); more.hidden = true; find(".sieves").hidden = false; status.textContent = ""; counts(mine); return; }
    try {
      const found = await index.fresh(() => index.search(state.q, facets));
      if (mine !== turn) return;
      ids = found; shown = 0;
      if (!ids.length) list.replaceChildren();
      await index.fresh(() => show(PAGE, mine));
      if (mine !== turn) return;
      status.textContent = ids.length ? root.dataset.found.replace("{n}", number().format(ids.length)) : root.dataset.none;
      more.hidden = shown >= ids.length;
      find(".sieves").hidden = !ids.length;
      counts(mine);
    } catch { if (mine === turn) status.textContent = root.dataset.failed; }
  }

  /** In each open group of values, how many of the results have each; the rows of a group are fetched when it is opened. */
  async function counts(mine) {
    const active = root.classList.contains("searching"), found = active && root.querySelector(".sieve[open]") ? new Set(ids) : null;
    for (const group of root.querySelectorAll(".sieve")) {
      if (active && !group.open) continue;
      const own = [...group.querySelectorAll("a[data-facet]")];
      if (active) group.setAttribute("aria-busy", "true"); // nothing to press moves away under the pointer
      await Promise.all(own.map(async a => {
        const { facet, value } = a.dataset, count = a.nextElementSibling, item = a.parentElement;
        if (!active) { count.textContent = browsed().get(a).count; item.hidden = false; a.removeAttribute("aria-current"); return; }
        const row = await index.facet(facet, value);
        if (mine !== turn) return;
        let n = 0;
        if (row.size < ids.length) for (const id of row) n += found.has(id); else for (const id of ids) n += row.has(id);
        count.textContent = number().format(n);
        item.hidden = n === 0;
        if (state[facet] === value) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
      })).catch(() => {});
      if (mine === turn) group.removeAttribute("aria-busy");
    }
  }

  const go = (next, push) => { state = next; history[push ? "pushState" : "replaceState"](null, "", link(state) === "?" ? location.pathname : link(state)); return run(); };
  const fold_up = open => root.querySelectorAll(".sieve").forEach(d => { d.open = open; });
  const load = () => { state = parse(); input.value = state.q; fold_up(!location.search); return run(); };
  // A key runs the search at once; of keys that follow each other within 60 ms, the last does.
  let timer, last = -60;
  const soon = e => { clearTimeout(timer); if (e.timeStamp - last < 60) timer = setTimeout(typed, 60); else typed(); last = e.timeStamp; };
  const typed = () => { clearTimeout(timer); const was = root.classList.contains("searching"); go({ ...state, q: input.value }, false); if (!was && root.classList.contains("searching")) fold_up(false); };

  input.addEventListener("input", soon);
  form.addEventListener("submit", e => { e.preventDefault(); typed(); });
  form.addEventListener("reset", e => e.preventDefault());
  more.addEventListener("click", async () => { (await index.fresh(() => show(PAGE, turn)))?.querySelector("a").focus(); });
  // Where there are results a group of filters lies over them: one at a time, until Escape or a click elsewhere.
  const opened = () => (root.classList.contains("searching") ? [...root.querySelectorAll(".sieve[open]")] : []);
  root.addEventListener("toggle", e => { if (!e.target.open || !root.classList.contains("searching")) return; opened().forEach(d => { if (d !== e.target) d.open = false; }); counts(turn); }, true);
  addEventListener("click", e => opened().forEach(d => { if (!d.contains(e.target)) d.open = false; }));
  root.addEventListener("click", e => {
    const a = e.target.closest("a[data-facet], a[data-remove]");
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || !root.classList.contains("searching")) return;
    e.preventDefault();
    const { facet, value, remove } = a.dataset;
    if (remove) input.focus(); else a.closest("details").open = false, a.closest("details").firstElementChild.focus();
    go(remove ? without(state, remove) : { ...state, [facet]: value }, true);
  });
  root.addEventListener("keydown", e => {
    const facet = opened()[0];
    if (e.key === "Escape" && facet) { facet.open = false; facet.firstElementChild.focus(); return; }
    const stops = [input, ...list.querySelectorAll(".item-title a")], at = stops.indexOf(document.activeElement);
    if (at < 0 || e.isComposing) return;
    const to = e.key === "ArrowDown" ? at + 1 : e.key === "ArrowUp" ? at - 1 : -1;
    if (stops[to]) { e.preventDefault(); stops[to].focus(); }
    if (e.key === "Escape") { e.preventDefault(); if (at) input.focus(); else { input.value = ""; typed(); } }
  });
  addEventListener("popstate", load);
  load();
  if (!location.search && matchMedia("(hover: hover)").matches) input.focus();
}

if (globalThis.document) { document.documentElement.dataset.script = ""; const root = document.querySelector("#search"); if (root) start(root); }
