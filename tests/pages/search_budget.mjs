// What a search costs a reader, measured on a built site in a real browser.
//
//   node search_budget.mjs PUBLIC_DIR [--base /prefix/] [WORD...]
//
// For each WORD, typed into a fresh search page: bytes (brotli) of the table, of the word and of the titles; the same for the filter of the
// fullest country; milliseconds from the key to the results, first with nothing at hand, then with all of it (the median of five). Without any WORD, the commonest
// word of the site and three others are taken, and three words of a title in quotation marks. A WORD in quotation marks is a phrase. Budgets: 8 KB of script, 60 KB to the first results at 10,000 documents (120 KB at 100,000),
// 30 KB for a further word, 100 ms. Exit status 1 where one is exceeded.
import fs from 'node:fs'; import path from 'node:path'; import zlib from 'node:zlib';
import { launch } from '../browser/chromium.mjs';
import { serve } from '../browser/static.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--base');
const base = at < 0 ? '/' : args.splice(at, 2)[1];
const root = path.resolve(args.shift() ?? 'public');
const json = file => JSON.parse(fs.readFileSync(path.join(root, 'search', file), 'utf8'));
const titles = n => json(`titles/b${n}.${table.blocks[0].slice(n * 6, n * 6 + 6)}.json`);
const brotli = file => zlib.brotliCompressSync(fs.readFileSync(file)).length;
const kb = bytes => `${(bytes / 1024).toFixed(1)} KB`;
let over = false;
const line = (what, value, budget, unit) => { const bad = value > budget; over ||= bad; console.log(`${bad ? 'OVER' : 'ok  '} ${what}: ${unit === 'ms' ? `${value.toFixed(0)} ms` : kb(value)} of ${unit === 'ms' ? `${budget} ms` : kb(budget)}`); };

const table = json('index.json');
const documents = table.briefings + table.pages;
const shards = table.terms.map(([, mark]) => `words/${mark}.json`);
const rows = shards.flatMap(file => Object.entries(json(file)).map(([word, row]) => [word, row.length])).sort((a, b) => b[1] - a[1]);
const sizes = shards.map(file => brotli(path.join(root, 'search', file))).sort((a, b) => a - b);
console.log(`${documents} documents, ${rows.length} words in ${shards.length} shards: median ${kb(sizes[sizes.length >> 1])}, greatest ${kb(sizes.at(-1))}; table ${kb(brotli(path.join(root, 'search/index.json')))}`);
const pairs = fs.existsSync(path.join(root, 'search/pairs')) ? fs.readdirSync(path.join(root, 'search/pairs')).map(name => brotli(path.join(root, 'search/pairs', name))).sort((a, b) => a - b) : [0];
console.log(`pairs of words in ${pairs.length - 1} shards: median ${kb(pairs[pairs.length >> 1])}, greatest ${kb(pairs.at(-1))}, all ${kb(pairs.reduce((a, b) => a + b, 0))}`);
const script = fs.readdirSync(path.join(root, 'assets')).find(name => /^search\.\w+\.js$/.test(name));
line('search.js', brotli(path.join(root, 'assets', script)), 8192);
const asked = args.length ? args : [...[0, 20, 200, 2000].map(n => rows[Math.min(n, rows.length - 1)][0]), `"${titles(0)[0][0].match(/[\p{L}\p{N}\p{M}]+/gu).slice(0, 3).join(' ')}"`];

const site = await serve(root, base);
const browser = await launch();
const first = documents > 20_000 ? 120 * 1024 : 60 * 1024;
const spent = (part = '') => site.sent.splice(0).filter(r => r.path.startsWith(`${base}search/${part}`) && r.path.endsWith('.json')).reduce((sum, r) => sum + r.bytes, 0);
for (const word of asked) {
  const context = await browser.newContext(); const page = await context.newPage();
  await page.goto(`${site.origin}${base}search/`, { waitUntil: 'networkidle' });
  const table = spent();
  const type = text => page.evaluate(text => new Promise(resolve => {
    const input = document.querySelector('#q'), status = document.querySelector('[role=status]'), from = performance.now();
    status.textContent = '';
    new MutationObserver((_, o) => { if (status.textContent) { o.disconnect(); resolve(performance.now() - from); } }).observe(status, { childList: true, subtree: true, characterData: true });
    input.value = text; input.dispatchEvent(new Event('input'));
  }), text);
  const cold = await type(`${word} `); const phrase = site.sent.filter(r => r.path.includes('/pairs/')).reduce((sum, r) => sum + r.bytes, 0); const bytes = spent() + table;
  const warm = await type(word); spent();
  const runs = []; // at the pace of a person's keys
  for (let run = 0; run < 5; run++) { await page.waitForTimeout(120); await type(word); await page.waitForTimeout(120); runs.push(await type(`${word} `)); }
  const again = runs.sort((a, b) => a - b)[runs.length >> 1];
  await type(`${rows[5][0]} ${word} `); const titles = site.sent.filter(r => r.path.includes('/titles/')).reduce((sum, r) => sum + r.bytes, 0); const further = spent('words/');
  console.log(`     “${word}”: ${await page.locator('[role=status]').textContent()} with “${rows[5][0]}”; ${cold.toFixed(0)} ms with nothing at hand (this server packs as it goes), ${warm.toFixed(0)} ms half typed; ${kb(titles)} of titles for both`);
  const further_words = word.split(' ').length - 1;
  line('     to the first results', bytes, first + 30 * 1024 * further_words);
  if (phrase) line('     of these for the words side by side', phrase, 30 * 1024 * further_words);
  line('     a further word', further, 30 * 1024);
  line('     with the shards there', again, 100, 'ms');
  await context.close();
}
await browser.close(); site.close();
process.exit(over ? 1 : 0);
