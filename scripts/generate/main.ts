/** Writes the files that follow from the code: `npm run generate`. With `--check` it only says which are not current. */

import { readFile } from 'node:fs/promises';
import { boardFiles } from './boards/all-boards.ts';
import { commandTables } from './commands.ts';
import { committedManifests } from './manifest-files.ts';
import { metricsTable } from './metrics.ts';
import { exampleFile, secretsSentence, settingsTable } from './settings.ts';
import { writeFiles } from './write-files.ts';

type Marks = readonly [begin: string, end: string];

const settingsMarks: Marks = ['<!-- settings: made by npm run generate -->', '<!-- end of settings -->'];
const commandMarks: Marks = ['<!-- commands: made by npm run generate -->', '<!-- end of commands -->'];

const metricMarks: Marks = ['<!-- metrics: made by npm run generate -->', '<!-- end of metrics -->'];

const isCheck = process.argv.includes('--check');
const stale = await writeFiles(
	{
		'.env.example': exampleFile(),
		'docs/settings.md': await replaceIn('docs/settings.md', settingsMarks, settingsOf('en')),
		'docs/ajustes.md': await replaceIn('docs/ajustes.md', settingsMarks, settingsOf('es')),
		'docs/guide.md': await replaceIn('docs/guide.md', commandMarks, commandTables('en')),
		'docs/guia.md': await replaceIn('docs/guia.md', commandMarks, commandTables('es')),
		'docs/monitoring.md': await replaceIn('docs/monitoring.md', metricMarks, metricsTable('en')),
		'docs/monitorizacion.md': await replaceIn('docs/monitorizacion.md', metricMarks, metricsTable('es')),
		...committedManifests(),
		...boardFiles(),
	},
	{ isCheck },
);
if (stale.length > 0) process.stdout.write(`${isCheck ? 'Not current, run npm run generate' : 'Written'}: ${stale.join(', ')}\n`);
if (isCheck && stale.length > 0) process.exitCode = 1;

async function replaceIn(file: string, [begin, end]: Marks, written: string): Promise<string> {
	const present = await readFile(file, 'utf8');
	const from = present.indexOf(begin);
	const to = present.indexOf(end);
	if (from < 0 || to < from) throw new Error(`${file} needs the lines "${begin}" and "${end}"`);
	return `${present.slice(0, from)}${begin}\n\n${written}\n\n${present.slice(to)}`;
}

function settingsOf(language: 'en' | 'es'): string {
	return `${settingsTable(language)}\n\n${secretsSentence(language)}`;
}
