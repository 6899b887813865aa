// The search of a site under a sub-path as a reader uses it, and its mirror of the normaliser in search.js.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, listen } from './chromium.mjs';
import { PATIENCE } from './preview.mjs';
import { serve } from './static.mjs';

const repo = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const depeche = path.resolve(process.env.DEPECHE || path.join(repo, 'target/debug/depeche'));

const BRIEFINGS = {
  'ports.md': 'title: Ports of the Baltic\ndate: 2026-01-10\ncountries: [DK, SE]\ntopics: [transport]\nsummary: Ferries and quays.',
  'senegal.md': 'title: La pêche au Sénégal\nlang: fr\ndate: 2026-02-11\ncountries: [SN]\ntopics: [fisheries]\nsummary: "Un accord pour l’eau et la mer."',
  'wizara.md': 'title: وزارة الإعلام تُعلن اتفاقًا\nlang: ar\ndate: 2025-12-01\ncountries: [MA]\ntopics: [diplomacy]',
  'bridge.md': 'title: Bridge opened\ndate: 2026-02-01\ncountries: [DK]\ntopics: [transport]',
  'beijing.md': 'title: 外交部长会见代表团\nlang: zh\ndate: 2026-01-20\ncountries: [CN]\ntopics: [diplomacy]',
  'tokyo.md': 'title: 東京で会議\nlang: ja\ndate: 2026-01-21\ncountries: [JP]\ntopics: [diplomacy]',
  'thai.md': 'title: รัฐมนตรีต่างประเทศ\nlang: th\ndate: 2026-01-22\ncountries: [TH]\ntopics: [diplomacy]',
  'draft.md': 'title: Secret ports\ndate: 2026-01-11\ndraft: true',
  'gone.md': 'title: Withdrawn ports\ndate: 2026-01-12\nwithdrawn: {reason: Wrong.}',
};

/** Builds a site and returns the folder of its pages. */
function build() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'depeche-search-'));
  const write = (name, text) => { const file = path.join(root, name); fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, text); };
  write('site.yaml', 'title: Search\nbase_url: https://example.org/press/site/\nlanguages: [en, fr, ar, zh]\n');
  for (const [name, front] of Object.entries(BRIEFINGS)) write(`content/briefings/${name}`, `---\n${front}\n---\n\nThe **bridge** of Øresund carries the word common.\n`);
  for (let n = 0; n < 45; n++) write(`content/many/n${n}.md`, `---\ntitle: Number ${n}\ndate: 2024-03-${String(1 + n % 28).padStart(2, '0')}\ncountries: [FR]\ntopics: [trade]\n---\n\nAlikeness.\n`);
  write('content/about.md', '---\ntitle: About this site\n---\n\nWho writes here, in Zürich.\n');
  execFileSync(depeche, ['--root', root, 'build', '--quiet', '--output', path.join(root, 'public')], { stdio: 'inherit' });
  return root;
}

test('search.js folds as the index was folded', async () => {
  const { fold, words, query } = await import(path.join(repo, 'themes/default/static/search.js'));
  for (const [text, folded, all, asked] of JSON.parse(fs.readFileSync(path.join(repo, 'tests/browser/fold.json'), 'utf8'))) {
    assert.equal(fold(text), folded, text);
    assert.deepEqual(words(text), all, text);
    assert.deepEqual(query(text), asked, text);
  }
});

test('search.js knows a pair of words by the number that the index has', async () => {
  const { number, pairs } = await import(path.join(repo, 'themes/default/static/search.js'));
  for (const [a, b, n] of JSON.parse(fs.readFileSync(path.join(repo, 'tests/browser/pairs.json'), 'utf8'))) assert.equal(number(a, b), n, `${a} ${b}`);
  assert.deepEqual(pairs('a "State of Emergency" b'), [['state', 'of'], ['of', 'emergency']]);
  assert.deepEqual(pairs('« état d’urgence »'), [['etat', 'd'], ['d', 'urgence']]);
  assert.deepEqual(pairs('„eins zwei“ drei "vier fü'), [['eins', 'zwei']], 'the last word may be half typed');
  assert.deepEqual(pairs('"vier fünf '), [['vier', 'funf']]);
  assert.deepEqual(pairs('“外交部长” 「東京でG20」'), [['外交', '交部'], ['交部', '部长'], ['東京', '京で'], ['京で', 'g20']]);
  assert.deepEqual(pairs("l'eau \"water\""), []);
});

describe('search', () => {
  let folder, site, browser, context, page, complaints;
  const base = '/press/site/';
  const titles = () => page.locator('.results .item-title').allInnerTexts();
  const status = text => page.locator('[role=status]', { hasText: text }).waitFor();
  const open = (query = '', lang = '') => page.goto(`${site.origin}${base}${lang}search/${query}`);
  async function ask(words, count) { await page.locator('[role=status]').evaluate(e => { e.textContent = ''; }); await page.locator('#q').fill(words); await status(count ? `Results: ${count}` : 'Nothing found'); return titles(); }

  before(async () => { folder = build(); site = await serve(path.join(folder, 'public'), base); browser = await launch(); });
  after(async () => { await browser?.close(); site?.close(); if (folder) fs.rmSync(folder, { recursive: true, force: true }); });
  beforeEach(async () => { await fresh({}); });
  afterEach(async () => { await context.close(); assert.deepEqual(complaints, [], 'console errors and third-party requests'); });
  async function fresh(options) {
    await context?.close();
    context = await browser.newContext(options); page = await context.newPage(); page.setDefaultTimeout(PATIENCE);
    complaints = []; listen(page, site.origin, line => complaints.push(line));
  }

  test('accents and letters of one sound are as one', async () => {
    await open();
    assert.deepEqual(await ask('peche senegal', 1), ['La pêche au Sénégal']);
    assert.deepEqual(await ask('EAU', 1), ['La pêche au Sénégal']);
    assert.deepEqual(await ask('zurich', 1), ['About this site']);
    assert.equal((await ask('oresund', 7)).length, 7);
    assert.deepEqual(await page.locator('.results mark').count(), 0, 'nothing is marked where the body alone has the word');
  });

  test('Arabic is found in other forms of its letters', async () => {
    await open('', 'ar/');
    await page.locator('#q').fill('وزاره الاعلام');
    await page.locator('.results .item-title').waitFor();
    assert.deepEqual(await titles(), ['وزارة الإعلام تُعلن اتفاقًا']);
    assert.deepEqual(await page.locator('.results mark').allInnerTexts(), ['وزارة', 'الإعلام']);
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  });

  test('Chinese, Japanese and Thai are found by any part', async () => {
    await open();
    assert.deepEqual(await ask('部长会见', 1), ['外交部长会见代表团']);
    assert.deepEqual(await page.locator('.results mark').allInnerTexts(), ['部长会见']);
    assert.equal((await ask('团', 1)).length, 1);
    assert.deepEqual(await ask('会議', 1), ['東京で会議']);
    assert.deepEqual(await ask('ต่างประเทศ', 1), ['รัฐมนตรีต่างประเทศ']);
    await ask('长部', 0);
  });

  test('all words count, the last may be half typed, titles come first, then the newest', async () => {
    await open();
    assert.deepEqual((await ask('bri', 7))[0], 'Bridge opened');
    assert.deepEqual((await titles())[1], 'La pêche au Sénégal');
    assert.deepEqual(await ask('common quays', 1), ['Ports of the Baltic']);
    await ask('bri ', 0);
  });

  test('words in quotation marks are found side by side', async () => {
    await open();
    await ask('Baltic the of', 1);
    assert.deepEqual(await ask('"of the Baltic"', 1), ['Ports of the Baltic']);
    await ask('"ports Baltic"', 0);
    await ask('"carries the word" bridge', 7);
    await ask('„ÖRESUND carries“', 7);
    assert.deepEqual(await ask('“部长会见” common', 1), ['外交部长会见代表团']);
    assert.deepEqual(await ask('«l’eau et»', 1), ['La pêche au Sénégal']);
    await ask('"the bri', 7);
    assert.match(await page.locator('#search-help').innerText(), /quotation marks/);
  });

  test('drafts and what was withdrawn are not found', async () => {
    await open();
    assert.deepEqual(await ask('ports', 1), ['Ports of the Baltic']);
    await ask('secret', 0);
  });

  test('a filter is a chip, counts what it would leave, and is in the address', async () => {
    await open('?q=common');
    await status('Results: 7');
    await page.locator('summary', { hasText: 'Countries' }).click();
    const denmark = page.locator('li', { has: page.locator('[data-value=dk]') });
    await denmark.locator('.count', { hasText: '2' }).waitFor();
    await page.locator('.sieve[open]:not([aria-busy])').waitFor();
    assert.equal(await page.locator('[data-facet=country][data-value=fr]').isVisible(), false, 'a value that leaves nothing is not offered');
    await denmark.locator('a').click();
    await status('Results: 2');
    assert.match(page.url(), /\?q=common&country=dk$/);
    const shared = page.url();
    await page.locator('.chips a').click();
    await status('Results: 7');
    await page.goBack();
    await status('Results: 2');
    await page.goto(shared);
    await status('Results: 2');
    assert.deepEqual(await page.locator('.chips a').allTextContents(), ['Denmark ×']);
    await open('?year=2024');
    await status('Results: 45');
    await open('?lang=zh&q=');
    await status('Results: 1');
  });

  test('twenty results, then more', async () => {
    await open('?q=alikeness');
    await status('Results: 45');
    assert.equal((await titles()).length, 20);
    await page.locator('.more-results').click();
    await page.locator('.results li:nth-child(40)').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.closest('li') === document.querySelector('.results li:nth-child(21)')), true, 'the first of the new ones has the focus');
    await page.locator('.more-results').click();
    await page.locator('.results li:nth-child(45)').waitFor();
    assert.equal(await page.locator('.more-results').isVisible(), false);
  });

  test('the keyboard does it all', async () => {
    await page.goto(`${site.origin}${base}about/`);
    await page.keyboard.press('/');
    await page.keyboard.type('common');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/press\/site\/search\/\?q=common$/);
    await status('Results: 7');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
    await page.keyboard.press('ArrowDown'); await page.keyboard.press('ArrowDown'); await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate(() => document.activeElement.innerText), 'La pêche au Sénégal');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/press\/site\/2026\/02\/11\//);
    assert.equal(await page.locator('h1').innerText(), 'La pêche au Sénégal');
    await page.goBack();
    await status('Results: 7');
    await page.locator('#q').focus();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/search\/$/);
    assert.equal(await page.locator('.results li').count(), 0);
  });

  test('markup in a query is text', async () => {
    await open('?q=<img src=x onerror=alert(1)>&country=<b>');
    await status('Nothing found');
    assert.equal(await page.locator('#search img').count(), 0);
  });

  test('a site that was published anew meanwhile is read anew', async () => {
    await open();
    await ask('bridge', 7);
    await page.route(/index\.json|words\//, (route, request) => (request.url().includes('words/') ? route.fulfill({ status: 404 }) : route.continue()), { times: 1 });
    await page.locator('#q').fill('alikeness');
    await status('Results: 45');
    complaints = complaints.filter(line => !line.includes('status of 404'));
  });

  test('without JavaScript the page says so and leads on', async () => {
    await fresh({ javaScriptEnabled: false });
    await open();
    assert.ok(await page.getByText('Searching needs JavaScript').isVisible());
    assert.equal(await page.locator('#q').isVisible(), false);
    await page.locator('a[data-value=dk]').click();
    await page.waitForURL(/\/press\/site\/countries\/dk\/$/);
  });
});
