// Makes world.tsv beside it: the countries of the world as SVG paths in an equal-area projection (Equal Earth).
//
//   npm install world-atlas@2 topojson-client@3 d3-geo@3 d3-array@3 cldr-core@48    (in a folder of your own)
//   node world.mjs FOLDER/node_modules ZONE_TAB > world.tsv
//
// Shapes: Natural Earth 110m (public domain) as world-atlas gives them, joined by their ISO 3166-1 numbers only; no name of Natural Earth is kept.
// Points for states without a shape: the first place of each in zone.tab of the IANA time zone database (public domain).
import fs from 'node:fs'; import path from 'node:path'; import { createRequire } from 'node:module';
const [modules, zoneTab] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, 'x.js'));
const topo = JSON.parse(fs.readFileSync(path.join(modules, 'world-atlas/countries-110m.json')));
const { feature, mesh } = require('topojson-client');
const { geoEqualEarth, geoPath } = require('d3-geo');
const codes = JSON.parse(fs.readFileSync(path.join(modules, 'cldr-core/supplemental/codeMappings.json'))).supplemental.codeMappings;
const former = ['AN', 'BU', 'CS', 'DD', 'FX', 'NT', 'SU', 'TP', 'YD', 'YU', 'ZR'];
const alpha2 = new Map(Object.entries(codes).filter(([k, v]) => /^[A-Z]{2}$/.test(k) && v._numeric && !former.includes(k)).map(([k, v]) => [v._numeric, k]));
// Shapes that the source gives no number: the state that the United Nations count them to, or the user-assigned code.
const unnumbered = { 'Kosovo': 'XK', 'N. Cyprus': 'CY', 'Somaliland': 'SO' };
const WIDTH = 960;
const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(WIDTH, { type: 'Sphere' });
const draw = geoPath(projection).digits(1);
const code = g => alpha2.get(g.id) ?? unnumbered[g.properties.name];
// Ten units of the drawing to one pixel as whole numbers: moves and lines relative to the point before.
function short(d) {
  return (d ?? '').replace(/([ML])([^MLZ]+)|Z/g, (m, c, p) => c ? c + p : 'Z').split(/(?=M)/).map(ring => {
    const closed = ring.endsWith('Z');
    const points = ring.replace(/[MZ]/g, '').split('L').map(p => p.split(',').map(n => Math.round(n * 2)));
    let [x, y] = points[0], out = `M${x} ${y}l`, steps = [];
    for (const [a, b] of points.slice(1)) { if (a === x && b === y) continue; steps.push([a - x, b - y]); [x, y] = [a, b]; }
    if (steps.length < (closed ? 2 : 1)) return '';
    for (const [dx, dy] of steps) out += (dx < 0 || out.endsWith('l') ? '' : ' ') + dx + (dy < 0 ? '' : ' ') + dy;
    return out + (closed ? 'z' : '');
  }).join('');
}
const geometries = topo.objects.countries.geometries;
const shapes = new Map();
for (const g of geometries) {
  const c = code(g);
  if (!c || c === 'AQ') continue;
  shapes.set(c, (shapes.get(c) ?? '') + short(draw(feature(topo, g))));
}
const height = Math.ceil(draw.bounds({ type: 'Sphere' })[1][1]);
// Borders that are disputed or not settled: drawn dashed, whatever they are.
const disputed = [['MA', 'EH'], ['RS', 'XK'], ['IL', 'PS'], ['SO', 'SO'], ['CY', 'CY'], ['IN', 'PK'], ['SD', 'SS'], ['RU', 'UA'], ['CN', 'IN'], ['KR', 'KP']];
const among = (a, b) => a !== b && disputed.some(([x, y]) => (code(a) === x && code(b) === y) || (code(a) === y && code(b) === x));
const dashed = short(draw(mesh(topo, topo.objects.countries, among)));
const settled = short(draw(mesh(topo, topo.objects.countries, (a, b) => a !== b && !among(a, b))));
const points = new Map();
for (const line of fs.readFileSync(zoneTab, 'utf8').split('\n')) {
  const m = /^([A-Z]{2})\t([+-]\d+)([+-]\d+)/.exec(line);
  if (!m || points.has(m[1]) || shapes.has(m[1])) continue;
  const degrees = t => { const s = t[0] === '-' ? -1 : 1, d = t.slice(1), long = d.length > 5, head = d.length % 2 ? 3 : 2;
    return s * (+d.slice(0, head) + +d.slice(head, head + 2) / 60 + (long ? +d.slice(head + 2) / 3600 : 0)); };
  points.set(m[1], projection([degrees(m[3]), degrees(m[2])]).map(n => Math.round(n * 2)));
}
console.log('# The world as SVG: Natural Earth 110m (public domain), Equal Earth projection, two units to a pixel. Made by world.mjs.');
console.log(`size\t${WIDTH * 2}\t${Math.round(height * 2)}`);
console.log(`sphere\t${short(draw({ type: 'Sphere' }))}`);
console.log(`borders\t${settled}`);
console.log(`disputed\t${dashed}`);
for (const [c, d] of [...shapes].sort()) console.log(`shape\t${c}\t${d}`);
for (const [c, [x, y]] of [...points].sort()) console.log(`point\t${c}\t${x}\t${y}`);
