// The preview of the repo's own site as a person meets it: in a browser, editing files, with no reload by hand.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { launch, listen } from './chromium.mjs';
import { PATIENCE, briefings, preview } from './preview.mjs';

const OVERLAY = '#depeche-overlay';

describe('preview', () => {
  let site, browser, context, page, complaints, french, arabic;

  before(async () => {
    site = await preview();
    browser = await launch();
    french = await briefing('fr');
    arabic = await briefing('ar');
  });
  after(async () => { await browser?.close(); await site?.stop(); });
  beforeEach(async () => { await open({}); });
  afterEach(async () => {
    await context.close();
    assert.deepEqual(complaints, [], 'console errors and third-party requests');
  });

  /** A fresh page in a context of its own, which `afterEach` closes. */
  async function open(options) {
    await context?.close();
    context = await browser.newContext(options);
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    complaints = [];
    listen(page, site.origin, line => complaints.push(line));
  }

  /** The first briefing in `lang`, with the address that the site gives it. */
  async function briefing(lang) {
    const found = briefings(site).find(b => b.lang === lang);
    assert.ok(found, `no briefing in ${lang}`);
    const [, date] = /^date: *"?(\d{4}-\d\d-\d\d)/m.exec(found.text);
    const [, slug] = /^slug: *"?([^"\n]+?)"? *$/m.exec(found.text);
    return { ...found, address: `${site.origin}/${date.replaceAll('-', '/')}/${slug}/` };
  }

  /** Chromium logs the status of the page itself as a console error. */
  const forgive404 = () => { complaints = complaints.filter(line => !line.includes('status of 404')); };
  const overlaid = text => page.locator(OVERLAY, { hasText: text }).waitFor();
  const mended = () => page.locator(OVERLAY).waitFor({ state: 'detached' });

  test('an edit of the Markdown appears by itself', async () => {
    await page.goto(french.address);
    site.append(french.file, `\n\nUne phrase ajoutée à la main.\n`);
    await page.getByText('Une phrase ajoutée à la main.').waitFor();
    assert.equal(page.url(), french.address);
    site.write(french.file, french.text);
    await page.getByText('Une phrase ajoutée à la main.').waitFor({ state: 'detached' });
  });

  test('an edit keeps the place: scroll, focus, open menus, and the page itself', async () => {
    await open({ viewport: { width: 1280, height: 500 } });
    await page.goto(french.address);
    await page.evaluate(() => { globalThis.sameDocument = true; });
    await page.locator('details.languages summary').click();
    await page.evaluate(() => {
      document.querySelector('main a[href]').focus({ preventScroll: true });
      scrollTo({ top: 200, behavior: 'instant' });
    });
    const place = () => page.evaluate(() => ({
      same: globalThis.sameDocument === true, top: scrollY, open: document.querySelector('details.languages').open,
      focus: document.activeElement.getAttribute('href'),
    }));
    const before = await place();
    assert.ok(before.top > 0 && before.open && before.focus, JSON.stringify(before));
    site.append(french.file, `\n\nUne phrase ajoutée sans bouger.\n`);
    await page.getByText('Une phrase ajoutée sans bouger.').waitFor();
    assert.deepEqual(await place(), before);
    site.write(french.file, french.text.replace(/^title:.*$/m, 'title: Un autre titre'));
    await page.locator('h1', { hasText: 'Un autre titre' }).waitFor();
    assert.match(await page.title(), /^Un autre titre/);
    assert.equal((await place()).same, true);
    site.write(french.file, french.text);
    await page.locator('h1', { hasText: 'Un autre titre' }).waitFor({ state: 'detached' });
  });

  test('a stylesheet is swapped without a reload, and a script that changed is run', async () => {
    const sheet = 'themes/default/static/site.css', script = 'themes/default/static/site.js';
    const [goodSheet, goodScript] = [site.read(sheet), site.read(script)];
    await page.goto(french.address);
    await page.evaluate(() => { globalThis.sameDocument = true; });
    site.write(sheet, `${goodSheet}\nh1 { color: rgb(3, 2, 1) !important; }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(3, 2, 1)');
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
    site.write(script, `${goodScript}\nglobalThis.newScript = true;\n`);
    await page.waitForFunction(() => globalThis.newScript === true);
    site.write(sheet, goodSheet);
    site.write(script, goodScript);
  });

  test('broken front matter is named over the last good page until it is mended', async () => {
    await page.goto(french.address);
    const title = await page.locator('h1').innerText();
    site.write(french.file, french.text.replace(/^date:.*$/m, 'date: [never closed'));
    await overlaid(new RegExp(`${french.file.replaceAll('.', '\\.')}:\\d+`));
    assert.equal(await page.locator(OVERLAY).getAttribute('role'), 'alert');
    assert.equal(await page.locator('h1').innerText(), title);
    site.write(french.file, french.text);
    await mended();
  });

  test('a broken template is named over the last good page until it is mended', async () => {
    const template = 'themes/default/templates/page.html';
    const good = site.read(template);
    await page.goto(french.address);
    const title = await page.locator('h1').innerText();
    site.write(template, good.replace('<article', '{{ no_such_thing.at_all }}<article'));
    await overlaid(/page\.html/);
    assert.equal(await page.locator('h1').innerText(), title);
    site.write(template, good.replace('{% block content %}', '{% block content %}{% if'));
    await overlaid(/page\.html:\d+/);
    site.write(template, good);
    await mended();
  });

  test('markup in an error is shown as text', async () => {
    await page.goto(french.address);
    site.write(french.file, french.text.replace(/^date:.*$/m, 'date: "<img src=x onerror=alert(1)>"'));
    await overlaid(french.file);
    assert.equal(await page.locator(`${OVERLAY} img`).count(), 0);
    site.write(french.file, french.text);
    await mended();
  });

  test('a new page can be opened, and is gone when its file is', async () => {
    site.write('content/fresh.md', '---\ntitle: Fresh\n---\n\nJust written.\n');
    const deadline = Date.now() + PATIENCE;
    while ((await fetch(`${site.origin}/fresh/`)).status !== 200) {
      assert.ok(Date.now() < deadline, 'the page never came');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    await page.goto(`${site.origin}/fresh/`);
    await page.getByText('Just written.').waitFor();
    fs.rmSync(site.file('content/fresh.md'));
    await page.getByText('Just written.').waitFor({ state: 'detached' });
    forgive404();
  });

  for (const [name, which] of [['French', () => french], ['Arabic', () => arabic]]) {
    test(`the evidence of a value lights up in the ${name} text`, async () => {
      await page.goto(which().address);
      const toggle = page.locator('#depeche-toggle');
      await toggle.waitFor();
      assert.equal(await page.locator('.depeche-why').first().isVisible(), false, 'nothing shows until it is asked for');
      await toggle.click();
      assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
      const country = page.locator('dl dd', { has: page.locator('a[href*="/countries/"]') }).locator('.depeche-why').first();
      await country.click();
      assert.equal(await country.getAttribute('aria-pressed'), 'true');
      const lit = () => page.evaluate(() => [...(CSS.highlights.get('depeche-evidence') ?? [])].map(range => range.toString()));
      assert.ok((await lit()).length > 0 && (await lit()).every(text => which().text.includes(text)), String(await lit()));
      await page.locator('#depeche-status', { hasText: 'in the text' }).waitFor();
      await page.keyboard.press('Escape');
      assert.deepEqual(await lit(), []);
      await page.reload();
      await toggle.waitFor();
      assert.equal(await toggle.getAttribute('aria-pressed'), 'true', 'the choice is remembered');
    });
  }

  test('a seed that is dropped in becomes a briefing on the home page', async () => {
    await page.goto(site.origin);
    site.write('seeds/dropped.txt', 'Press release\n\nHarbour of Esbjerg opens a new quay\n\nCopenhagen, 31 December 2029 – The Danish Ministry of Transport said on Monday that the new quay of Esbjerg had been opened to ferries.\n');
    await page.getByRole('link', { name: /Harbour of Esbjerg opens a new quay/ }).first().click();
    await page.waitForURL(/\/2029\/12\/31\//);
    assert.match(await page.locator('h1').innerText(), /Harbour of Esbjerg/);
  });

  test('a stylesheet that is edited takes effect by itself', async () => {
    const sheet = 'themes/default/static/site.css';
    const good = site.read(sheet);
    const colour = () => page.locator('h1').evaluate(e => getComputedStyle(e).color);
    await page.goto(french.address);
    const deadline = Date.now() + PATIENCE;
    site.write(sheet, `${good}\nh1 { color: rgb(1, 2, 3) !important; }\n`);
    while (await colour().catch(() => 'reloading') !== 'rgb(1, 2, 3)') {
      assert.ok(Date.now() < deadline, 'the colour never came');
      await page.waitForTimeout(100);
    }
    site.write(sheet, good);
  });

  test('the Arabic interface reads from right to left', async () => {
    await page.goto(`${site.origin}/ar/`);
    assert.deepEqual(await page.locator('html').evaluate(e => [e.lang, e.dir]), ['ar', 'rtl']);
  });

  test('an Arabic briefing reads from right to left', async () => {
    await page.goto(arabic.address);
    const article = page.locator('article').first();
    assert.equal(await article.evaluate(e => getComputedStyle(e).direction), 'rtl');
    assert.equal(await article.evaluate(e => e.closest('[lang]').lang), 'ar');
    assert.equal(await article.evaluate(e => e.closest('[dir]').dir), 'rtl');
  });

  for (const [scheme, low, high] of [['light', 200, 255], ['dark', 0, 60]]) {
    test(`the ${scheme} scheme has a ${scheme} background`, async () => {
      await open({ colorScheme: scheme });
      await page.goto(site.origin);
      const colour = await page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d');
        for (const e of [document.documentElement, document.body]) { canvas.fillStyle = getComputedStyle(e).backgroundColor; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data];
      });
      assert.equal(colour[3], 255, 'the background is painted');
      for (const part of colour.slice(0, 3)) assert.ok(part >= low && part <= high, `${scheme}: rgb(${colour.slice(0, 3)})`);
    });
  }

  test('a briefing reads, and leads on, without JavaScript', async () => {
    await open({ javaScriptEnabled: false });
    await page.goto(french.address);
    assert.equal(await page.locator('h1').count(), 1);
    assert.ok((await page.locator('article').innerText()).length > 200);
    await page.locator('article a[href*="/countries/"]').first().click();
    await page.waitForURL(/\/countries\/[a-z]{2}\/$/);
    assert.equal(await page.locator('h1').count(), 1);
  });

  test('the first Tab reaches the skip link, and it leads to the text', async () => {
    await page.goto(french.address);
    await page.keyboard.press('Tab');
    const target = await page.evaluate(() => document.activeElement.getAttribute('href'));
    assert.equal(target, '#main');
    assert.ok(await page.evaluate(() => { const box = document.activeElement.getBoundingClientRect(); return box.width > 0 && box.top >= 0; }), 'the link shows when focused');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#main$/);
    assert.ok(await page.evaluate(() => document.querySelector('main#main') !== null));
  });

  test('every page offers a way home and to the indexes', async () => {
    await page.goto(french.address);
    for (const path of ['/', '/countries/', '/topics/']) assert.ok(await page.locator(`a[href$="${path}"]`).count() > 0, path);
  });

  test('a page that does not exist says so in the layout of the site', async () => {
    const reply = await page.goto(`${site.origin}/no/such/page/`);
    assert.equal(reply.status(), 404);
    assert.equal(await page.locator('h1').count(), 1);
    forgive404();
  });
});
