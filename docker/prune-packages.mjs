/** Removes from a folder of packages what no program reads: source maps, types, documents. `node prune-packages.mjs node_modules` */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Half of what the packages weigh; Node.js runs no TypeScript of packages. Licences stay: they have to be handed on. */
const unread = /\.(?:map|[cm]?ts|tsx|md|markdown|tsbuildinfo)$/i;
const licence = /^(?:licen[cs]e|copying|notice|third)/i;

/** What only browsers load: pdf-parse takes `pdfjs-dist/legacy/build` alone. */
const forBrowsers = ['build', 'web', 'image_decoders', 'legacy/web', 'legacy/image_decoders'].map((name) => join('pdfjs-dist', name));

const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder?');
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
	if (entry.isFile() && unread.test(entry.name) && !licence.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
}
for (const name of forBrowsers) rmSync(join(folder, name), { recursive: true });
