// A deployed site as a reader meets it: node browse.mjs BASE TITLE... opens the site at BASE in a browser, finds each briefing by its title on the
// home page, follows it and comes back, then finds the first by the search. Prints what is wrong, a line each; ends with status 1 where anything is.
// The host's name leads to this machine. A bare bucket has no index files: `/` is asked for as `/index.html`, as a bucket's website does it.
import { launch, listen } from '../browser/chromium.mjs';

const [base, ...titles] = process.argv.slice(2);
const { origin, hostname } = new URL(base);
const wrong = [];
const browser = await launch([`--host-resolver-rules=MAP ${hostname} 127.0.0.1`]);
const page = await browser.newPage();
page.setDefaultTimeout(20_000);
listen(page, origin, line => wrong.push(line));
await page.route('**/*', (route, request) => {
  const url = new URL(request.url());
  return url.pathname.endsWith('/') ? route.continue({ url: `${url.origin}${url.pathname}index.html${url.search}` }) : route.continue();
});
try {
  for (const title of titles) {
    await page.goto(base);
    await page.locator('main').getByRole('link', { name: title }).first().click();
    await page.locator('h1', { hasText: title }).waitFor();
    if (!page.url().startsWith(base)) wrong.push(`${title} is at ${page.url()}`);
    // The theme's own style sheet has come: without it text is set in the browser's serifs, and nothing has a grid.
    const sheets = await page.evaluate(() => [...document.styleSheets].reduce((n, sheet) => n + sheet.cssRules.length, 0));
    if (sheets < 20) wrong.push(`${title}: ${sheets} rules of style`);
  }
  await page.goto(`${base}search/`);
  await page.getByRole('searchbox').first().fill(titles[0]);
  await page.locator('main').getByRole('link', { name: titles[0] }).first().waitFor();
} catch (error) {
  wrong.push(String(error));
}
await browser.close();
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);
