// Checks a built site in a real browser.
//
//   node check.mjs PUBLIC_DIR [PATH...] [--all-links] [--base /prefix/]
//
// PATHs are site paths such as / or /countries/ma/; without any, one page of each kind is taken (sample.mjs).
// For each page: axe (WCAG 2.2 AA + best practice) in light, dark and forced colours at 360 and 1280 px; requests to other origins;
// violations of the policy default-src 'self'; console errors; sideways scroll at 320 px; brotli weight of HTML, CSS, JS; what is
// left without JavaScript. For the whole tree: every internal link and fragment (--all-links), the Nu checker on the sampled pages.
// The last line is `N passed, N failed`: one for each page, one for the links, one for the Nu checker. Exit status 0 where nothing is
// found, 1 otherwise. Needs Debian's chromium, and java for the Nu checker.
import fs from 'node:fs'; import http from 'node:http'; import os from 'node:os'; import path from 'node:path'; import zlib from 'node:zlib';
import { execFileSync } from 'node:child_process'; import { createRequire } from 'node:module';
import { launch, listen } from '../browser/chromium.mjs'; import { sample, walk } from './sample.mjs';

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const flag = n => args.includes(n);
const value = n => { const i = args.indexOf(n); return i < 0 ? null : args[i + 1]; };
const root = path.resolve(args[0] ?? '.');
const base = value('--base') ?? '/';
const given = args.slice(1).filter((a, i, rest) => a.startsWith('/') && rest[i - 1] !== '--base');
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.woff2': 'font/woff2', '.png': 'image/png', '.ico': 'image/x-icon', '.txt': 'text/plain; charset=utf-8', '.webp': 'image/webp', '.webmanifest': 'application/manifest+json', '.csv': 'text/csv', '.md': 'text/markdown; charset=utf-8' };
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
let passed = 0, failed = 0; const troubled = new Set();
const problem = (page, text, check = page) => { troubled.add(check); console.log(`FAIL ${page}  ${text}`); };
const verdict = check => { if (troubled.has(check)) failed++; else passed++; };

function fileFor(url) {
  let p = decodeURIComponent(url.split(/[?#]/)[0]);
  if (!p.startsWith(base)) return null; // a link that forgot the prefix leads out of the site
  p = p.slice(base.length - 1);
  let f = path.join(root, p);
  if (!f.startsWith(root)) return null;
  if (fs.existsSync(f) && fs.statSync(f).isDirectory()) f = path.join(f, 'index.html');
  return fs.existsSync(f) ? f : (fs.existsSync(f + '.html') ? f + '.html' : null);
}
const server = http.createServer((req, res) => {
  const f = fileFor(req.url);
  const headers = { 'content-security-policy': POLICY };
  if (!f) { res.writeHead(404, headers); return res.end('not found'); }
  const type = TYPES[path.extname(f)] ?? 'application/octet-stream';
  let body = fs.readFileSync(f);
  if (/text|json|xml|svg|javascript/.test(type)) { body = zlib.brotliCompressSync(body); headers['content-encoding'] = 'br'; }
  res.writeHead(200, { ...headers, 'content-type': type, 'x-size': body.length });
  res.end(body);
}).listen(0, '127.0.0.1');
await new Promise(r => server.once('listening', r));
const origin = `http://127.0.0.1:${server.address().port}`;

const pages = given.length ? given : sample(root).map(url => base + url.slice(1));
console.log(`${pages.length} pages: ${pages.join(' ')}`);

const browser = await launch();
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
async function look(url) {
  const weight = { html: 0, css: 0, js: 0, other: 0 }; let requests = 0;
  { // the page as a reader's browser gets it, under the policy
    const ctx = await browser.newContext(); const page = await ctx.newPage();
    listen(page, origin, text => problem(url, text));
    page.on('response', async r => { requests++; const t = r.headers()['content-type'] ?? ''; const n = +(r.headers()['x-size'] ?? 0); weight[t.includes('html') ? 'html' : t.includes('css') ? 'css' : t.includes('javascript') ? 'js' : 'other'] += n; });
    const r = await page.goto(origin + url, { waitUntil: 'networkidle' });
    if (r.status() !== 200) { problem(url, `status ${r.status()}`); verdict(url); await ctx.close(); return; }
    for (const w of [320, 360, 1280]) { await page.setViewportSize({ width: w, height: 800 }); const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth); if (over > 0) problem(url, `sideways scroll of ${over} px at ${w} px`); }
    await ctx.close();
  }
  { // axe, as each kind of reader sees the page
    const ctx = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' }); const page = await ctx.newPage();
    await page.goto(origin + url, { waitUntil: 'load' }); await page.evaluate(axe);
    for (const [colorScheme, forcedColors, width] of [['light', 'none', 360], ['light', 'none', 1280], ['dark', 'none', 360], ['dark', 'none', 1280], ['light', 'active', 360], ['light', 'active', 1280]]) {
      await page.emulateMedia({ colorScheme, forcedColors }); await page.setViewportSize({ width, height: 800 });
      const r = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }));
      for (const v of r.violations) problem(url, `axe ${v.id} ×${v.nodes.length} (${colorScheme}${forcedColors === 'active' ? ', forced colours' : ''}, ${width} px): ${v.nodes[0].html.replace(/\s+/g, ' ').slice(0, 110)}`);
    }
    await ctx.close();
  }
  { // without JavaScript
    const ctx = await browser.newContext({ javaScriptEnabled: false }); const page = await ctx.newPage(); await page.goto(origin + url);
    const h1 = await page.locator('h1').count(); if (h1 !== 1) problem(url, `${h1} h1 without JavaScript`);
    await ctx.close();
  }
  console.log(`     ${url}  ${requests} requests, brotli HTML ${weight.html} CSS ${weight.css} JS ${weight.js} other ${weight.other}`);
  verdict(url);
}
// As many pages at once as there are cores, up to four: nothing here is timed.
const left = [...pages];
const lane = async () => { for (let url; (url = left.shift());) await look(url); };
await Promise.all(Array.from({ length: Math.min(4, os.availableParallelism()) }, lane));

if (flag('--all-links')) {
  const ids = new Map(); const idsOf = f => { if (!ids.has(f)) ids.set(f, new Set([...fs.readFileSync(f, 'utf8').matchAll(/\s(?:id|name)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)].map(m => m[1] ?? m[2] ?? m[3]))); return ids.get(f); };
  let n = 0;
  for (const f of walk(root)) {
    if (!f.endsWith('.html')) continue;
    const here = base + path.relative(root, f);
    for (const m of fs.readFileSync(f, 'utf8').matchAll(/\s(?:href|src)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)) {
      const raw = (m[1] ?? m[2] ?? m[3]).replaceAll('&amp;', '&');
      let u; try { u = new URL(raw, origin + here); } catch { problem(here, `unreadable link ${raw}`, 'links'); continue; }
      if (u.origin !== origin) continue;
      n++; const t = fileFor(u.pathname);
      if (!t) problem(here, `broken link ${raw}`, 'links');
      else if (u.hash.length > 1 && t.endsWith('.html') && !idsOf(t).has(decodeURIComponent(u.hash.slice(1)))) problem(here, `no such fragment ${raw}`, 'links');
    }
  }
  console.log(`     ${n} internal links`);
  verdict('links');
}

try {
  const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build', 'dist', 'vnu.jar');
  execFileSync('java', ['-jar', jar, '--errors-only', ...pages.map(fileFor).filter(Boolean)], { stdio: ['ignore', 'pipe', 'pipe'] });
} catch (e) {
  if (e.stderr) for (const l of String(e.stderr).trim().split('\n').slice(0, 20)) problem('Nu checker', l.replace(/^"file:[^"]*?([^/"]+\/[^/"]+)"/, '$1').slice(0, 220));
  else problem('Nu checker', 'did not run: ' + e.message);
}

verdict('Nu checker');
await browser.close(); server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
