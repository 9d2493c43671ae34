/** The page of the web as it was built: all of it in memory, each file in the forms in which browsers take it. */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface BuiltFile {
	type: string;
	etag: string;
	/** Its name says what is in it: a file of this name never changes. */
	isForGood: boolean;
	bodies: Readonly<Record<PageCoding, Buffer>>;
}

/** As in `Accept-Encoding`, the smallest first. */
export const pageCodings = ['br', 'gzip', 'identity'] as const;
export type PageCoding = (typeof pageCodings)[number];

/** By the address of each, with a stroke before it. */
export type BuiltPage = ReadonlyMap<string, BuiltFile>;

/** Where `scripts/toolchain/page.mjs` puts it. */
export const pageFolder = fileURLToPath(new URL('../../.cache/web', import.meta.url));
/** What every address of the page that is no file shows. */
export const pageIndex = '/index.html';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
};
/** The builder puts what it names by its content in here. */
const hashed = '/assets/';
/** A tenth of the time of the best, which is 3 % smaller. */
const brotliQuality = 9;

/** Null when none was built. Files of other kinds, such as the stamp of the build, are not served. */
export async function readBuiltPage(folder: string): Promise<BuiltPage | null> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const paths = entries
		.filter((entry) => entry.isFile() && extname(entry.name) in types)
		.map((entry) => join(entry.parentPath, entry.name));
	const files = await Promise.all(paths.map(async (path) => [addressOf(folder, path), await readBuiltFile(folder, path)] as const));
	const page = new Map(files);
	return page.has(pageIndex) ? page : null;
}

function addressOf(folder: string, path: string): string {
	return `/${relative(folder, path).split(sep).join('/')}`;
}

async function readBuiltFile(folder: string, path: string): Promise<BuiltFile> {
	const body = await readFile(path);
	const brotli = promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } });
	return {
		type: types[extname(path)] ?? '',
		etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
		isForGood: addressOf(folder, path).startsWith(hashed),
		bodies: { br: await brotli, gzip: await promisify(gzip)(body, { level: 9 }), identity: body },
	};
}
