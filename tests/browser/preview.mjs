// A running `depeche serve` on a copy of the repo's own site, and the small things that the tests do to its files.
import { spawn } from 'node:child_process';
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repo = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const depeche = path.resolve(process.env.DEPECHE || path.join(repo, 'target/debug/depeche'));

/** Far more than a rebuild takes, for machines that do much else; a test that passes never waits so long. */
export const PATIENCE = 60_000;

/** Copies the site, imports its seeds, serves it on a free port: { origin, root, file, edit, stop }. */
export async function preview() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'depeche-browser-'));
  for (const part of ['content', 'seeds', 'themes', 'site.yaml']) fs.cpSync(path.join(repo, part), path.join(root, part), { recursive: true });
  const child = spawn(depeche, ['--root', root, 'serve', '--host', '127.0.0.1', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const origin = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`serve did not start: ${said}`)), PATIENCE);
    child.on('error', reject);
    child.on('exit', status => reject(new Error(`serve ended with ${status}: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', text => {
      said += text;
      const address = /Serving .* at (http:\/\/127\.0\.0\.1:\d+)\//.exec(said);
      if (address) { clearTimeout(late); resolve(address[1]); }
    });
  });
  child.removeAllListeners('exit');
  const ended = new Promise(resolve => child.on('exit', resolve));
  const file = name => path.join(root, name);
  return {
    origin,
    file,
    read: name => fs.readFileSync(file(name), 'utf8'),
    /** Writes a whole file at once, as most editors do: the preview never sees the half of it. */
    write(name, text) { fs.writeFileSync(file('.being-written'), text); fs.renameSync(file('.being-written'), file(name)); },
    append: (name, text) => fs.appendFileSync(file(name), text),
    async stop() { child.kill('SIGINT'); await ended; fs.rmSync(root, { recursive: true, force: true }); },
  };
}

/** The briefings of the copy as { file, lang, text }, in the order of their names. */
export function briefings(site) {
  return fs.readdirSync(site.file('content/briefings')).filter(name => name.endsWith('.md')).sort().map(name => {
    const file = `content/briefings/${name}`; const text = site.read(file);
    return { file, text, lang: /^lang: *"?([\w-]+)/m.exec(text)?.[1] };
  });
}
