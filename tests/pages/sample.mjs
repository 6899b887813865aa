// Which pages of a built site are worth a look in the browser: the fullest page of each kind in the default language,
// the home of each other language, and the right-to-left pages of the kinds that readers spend their time on.
import fs from 'node:fs'; import path from 'node:path';

/** Every file below `dir`, in a fixed order. */
export function* walk(dir) {
  for (const e of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const p = path.join(dir, e.name);
    if (e.isDirectory()) yield* walk(p); else yield p;
  }
}

const isRtl = html => /<(?:html|article)[^>]+dir="?rtl/.test(html);

/** The kind of a page by its path: `/fr/countries/ma/` is `countries:2` of language fr, `/2026/01/27/a-title/` is `0:4`. */
export function kindOf(url) {
  const parts = url.split('/').filter(Boolean);
  const lang = parts[0] !== 'map' && /^[a-z]{2,3}(-[A-Za-z]+)?$/.test(parts[0] ?? '') ? parts.shift() : '';
  const paged = parts.at(-2) === 'page';
  const own = paged ? parts.slice(0, -2) : parts;
  return { lang, kind: `${(own[0] ?? '').replace(/\d+/g, '0')}:${own.length}${paged ? ':paged' : ''}` };
}

/** The paths of the sampled pages of the site in `root`. */
export function sample(root) {
  const fullest = new Map(); // key → { url, size }
  const offer = (key, url, size) => { if (!fullest.has(key) || fullest.get(key).size < size) fullest.set(key, { url, size }); };
  for (const file of walk(root)) {
    if (!file.endsWith('.html')) continue;
    const url = '/' + path.relative(root, file).replace(/index\.html$/, '');
    const html = fs.readFileSync(file, 'utf8');
    const { lang, kind } = kindOf(url);
    if (!lang || kind === ':0') offer(`${lang} ${kind}`, url, html.length);
    if (isRtl(html) && /^(0:[14]|countries:2|topics:[12])$/.test(kind)) offer(`rtl ${kind}`, url, html.length);
  }
  return [...new Set([...fullest.values()].map(f => f.url))];
}
