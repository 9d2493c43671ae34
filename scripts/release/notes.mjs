/**
 * What is new in a release, for its page: `node scripts/release/notes.mjs v1.2.3`. Runs on any Node.js and needs no packages.
 * Refuses a tag that is not the version of package.json, and a version of which the changelog says nothing.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MendableError, runScript } from '../toolchain/mendable-error.mjs';
import { projectFolder } from '../toolchain/project.mjs';
import { notesOf } from './changelog.mjs';

await runScript(async () => {
	const [tag = ''] = process.argv.slice(2);
	/** @param {string} name */
	const read = (name) => readFileSync(join(projectFolder, name), 'utf8');
	const { version } = JSON.parse(read('package.json'));
	if (tag !== `v${version}`)
		throw new MendableError(`The tag ${tag || '(none)'} is not v${version}, the version of package.json`, `git tag v${version}`);
	const notes = notesOf(read('CHANGELOG.md'), version);
	if (notes === null) throw new MendableError(`CHANGELOG.md has nothing under "## [${version}]"`, 'edit CHANGELOG.md');
	process.stdout.write(`${notes}\n`);
	return 0;
});
