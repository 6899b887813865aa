// A built site as a static host serves it: brotli for text, 404 for what is not there, under any path, with the strict policy.
import fs from 'node:fs'; import http from 'node:http'; import path from 'node:path'; import zlib from 'node:zlib';

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8' };
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Serves `root` under `base`, which begins and ends with a slash: { origin, sent, close }. `sent` lists each reply as { path, bytes }. */
export async function serve(root, base = '/') {
  const sent = [];
  const server = http.createServer((request, reply) => {
    const url = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    let file = url.startsWith(base) ? path.join(root, url.slice(base.length)) : '';
    if (file && fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
    const headers = { 'content-security-policy': POLICY };
    if (!file.startsWith(root) || !fs.existsSync(file)) { reply.writeHead(404, headers); return reply.end('not found'); }
    const body = zlib.brotliCompressSync(fs.readFileSync(file));
    sent.push({ path: url, bytes: body.length });
    reply.writeHead(200, { ...headers, 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'content-encoding': 'br' });
    reply.end(body);
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, sent, close: () => server.close() };
}
