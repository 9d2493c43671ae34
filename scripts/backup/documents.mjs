/**
 * The restore point of the documents, in the data folder: `keep` makes one, of further names for the same files; `back` puts it back; `forget` removes
 * it. Harmless where there is none. Its own program, since there is no shell in the image.
 */

import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.env.OPENCCB_DATA ?? 'data', 'documents');
const kept = `${folder}.before`;

const orders = {
	keep() {
		rmSync(kept, { recursive: true, force: true });
		if (existsSync(folder)) linkAll(folder, kept);
	},
	back() {
		if (!existsSync(kept)) return;
		renameSync(folder, `${folder}.undone`);
		renameSync(kept, folder);
		rmSync(`${folder}.undone`, { recursive: true, force: true });
	},
	forget: () => rmSync(kept, { recursive: true, force: true }),
};

/**
 * @param {string} from
 * @param {string} to
 */
function linkAll(from, to) {
	mkdirSync(to, { mode: 0o700 });
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const [source, target] = [join(from, entry.name), join(to, entry.name)];
		if (entry.isDirectory()) linkAll(source, target);
		else if (entry.isFile()) linkSync(source, target);
	}
}

const order = process.argv[2];
if (order !== 'keep' && order !== 'back' && order !== 'forget') throw new RangeError('keep, back or forget');
orders[order]();
