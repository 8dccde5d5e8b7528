// Lays a .br and a .gz beside every file of dist/ that text compression makes smaller, and says what the first page
// weighs: the JavaScript that index.html itself loads. Also lists the files.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

// Which files a view of its own needs beyond those of index.html, for the server, which tells the browser at once.
const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8'));
const filesOf = (key, seen = new Set()) => {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [...imports.flatMap((each) => filesOf(each, seen)), file, ...css];
};
const always = new Set(filesOf('index.html'));
const views = Object.keys(manifest).filter((key) => /^src\/views\/\w+\.vue$/.test(key));
const lines = views.map((key) =>
  [/(\w+)\.vue$/.exec(key)[1], ...filesOf(key).filter((file) => !always.has(file))].join(' '),
);
// The words of another language, which a page in it needs from the start.
lines.push(['en', ...filesOf('src/i18n/english.ts').filter((file) => !always.has(file))].join(' '));
await writeFile(join(dist, 'views.txt'), `${lines.sort().join('\n')}\n`);
await rm(join(dist, '.vite'), { recursive: true });

// The service worker knows the files that carry a hash in their names, and is a new one whenever one of them is.
const assets = (await readdir(join(dist, 'assets'))).filter((name) => /\.(js|css)$/.test(name)).sort();
const version = createHash('sha256')
  .update(assets.join())
  .update(await readFile(join(dist, 'index.html')))
  .digest('hex')
  .slice(0, 12);
const worker = await readFile(new URL('worker.js', import.meta.url), 'utf8');
const files = JSON.stringify(assets.map((name) => `/assets/${name}`));
await writeFile(join(dist, 'worker.js'), worker.replace('__VERSION__', version).replace('__FILES__', files));

const text = /\.(html|js|css|svg|json|webmanifest|txt|xml)$/;
const sizes = new Map();
const names = [];

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isFile() || /\.(br|gz)$|^(files|views)\.txt$/.test(entry.name)) continue;
  names.push(relative(dist, file).replaceAll('\\', '/'));
  if (!text.test(entry.name)) continue;
  const bytes = await readFile(file);
  const brotli = await promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  const zipped = await promisify(gzip)(bytes, { level: 9 });
  sizes.set(file.slice(dist.length), brotli.length);
  if (brotli.length < bytes.length) await writeFile(`${file}.br`, brotli);
  if (zipped.length < bytes.length) await writeFile(`${file}.gz`, zipped);
}

// What there is, for the server, which cannot list a folder inside a jar.
await writeFile(join(dist, 'files.txt'), `${names.sort().join('\n')}\n`);

const html = await readFile(join(dist, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
for (const kind of ['js', 'css']) {
  const files = [...new Set(first)].filter((name) => name.endsWith(`.${kind}`));
  const sum = files.reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
  console.log(`index.html loads ${files.length} .${kind}, ${(sum / 1024).toFixed(1)} KB with brotli`);
}
