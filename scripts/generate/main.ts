/** Writes the files that follow from the code: `npm run generate`. With `--check` it only says which are not current. */

import { readFile } from 'node:fs/promises';
import { committedManifests } from './manifest-files.ts';
import { exampleFile, secretsSentence, settingsTable } from './settings.ts';
import { writeFiles } from './write-files.ts';

const begin = '<!-- settings: made by npm run generate -->';
const end = '<!-- end of settings -->';

const isCheck = process.argv.includes('--check');
const stale = await writeFiles(
	{
		'.env.example': exampleFile(),
		'README.md': replaceTable(await readFile('README.md', 'utf8'), 'en'),
		'README.es.md': replaceTable(await readFile('README.es.md', 'utf8'), 'es'),
		...committedManifests(),
	},
	{ isCheck },
);
if (stale.length > 0) process.stdout.write(`${isCheck ? 'Not current, run npm run generate' : 'Written'}: ${stale.join(', ')}\n`);
if (isCheck && stale.length > 0) process.exitCode = 1;

function replaceTable(present: string, language: 'en' | 'es'): string {
	const from = present.indexOf(begin);
	const to = present.indexOf(end);
	if (from < 0 || to < from) throw new Error(`a README needs the lines "${begin}" and "${end}"`);
	return `${present.slice(0, from)}${begin}\n\n${settingsTable(language)}\n\n${secretsSentence(language)}\n\n${present.slice(to)}`;
}
