// The browser of all page checks and browser tests: Debian's chromium, headless, in a fresh profile, talking to nobody but us.
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts the browser, with more flags if need be; playwright adds --headless and a temporary --user-data-dir. CHROMIUM names another binary than /usr/bin/chromium. */
export const launch = (more = []) => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...FLAGS, ...more] });

/** Calls `complain` with a line for every console error, script error and request that leaves `origin`. */
export function listen(page, origin, complain) {
  page.on('console', m => { if (m.type() === 'error') complain(`console: ${m.text().slice(0, 160)} (${m.location().url})`); });
  page.on('pageerror', e => complain('script error: ' + String(e).slice(0, 160)));
  page.on('request', r => { if (!r.url().startsWith(origin) && !r.url().startsWith('data:')) complain('third-party request ' + r.url().slice(0, 100)); });
}
