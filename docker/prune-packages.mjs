/** Removes from a folder of packages what no program reads: source maps, types, documents. `node prune-packages.mjs node_modules` */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Half of what the packages weigh; Node.js runs no TypeScript of packages. Licences stay: they have to be handed on. */
const unread = /\.(?:map|[cm]?ts|tsx|md|markdown|tsbuildinfo)$/i;
const licence = /^(?:licen[cs]e|copying|notice|third)/i;

/** What only browsers load: pdf-parse takes `pdfjs-dist/legacy/build` alone, and `@azure/identity` its other half in Node.js. */
const forBrowsers = [
	...['build', 'web', 'image_decoders', 'legacy/web', 'legacy/image_decoders'].map((name) => join('pdfjs-dist', name)),
	join('@azure', 'msal-browser'),
];
/** Where packages that are built for each of them keep the rest. */
const notForNode = /(?:^|\/)dist\/(?:browser|react-native)$|\/dist-browser$/;

const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder?');
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
	const path = join(entry.parentPath, entry.name);
	if (entry.isDirectory() && notForNode.test(path)) rmSync(path, { recursive: true });
	else if (entry.isFile() && unread.test(entry.name) && !licence.test(entry.name)) rmSync(path, { force: true });
}
for (const name of forBrowsers) rmSync(join(folder, name), { recursive: true });
