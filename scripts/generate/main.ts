/** Writes the files that follow from the code: `npm run generate`. With `--check` it only says which are not current. */

import { readFile, writeFile } from 'node:fs/promises';
import { exampleFile, settingsTable } from './settings.ts';
import { slackManifest } from './slack-manifest.ts';

type Make = (present: string) => string;

const begin = '<!-- settings: made by npm run generate -->';
const end = '<!-- end of settings -->';

const files: Record<string, Make> = {
	'.env.example': exampleFile,
	'manifests/slack.json': () => `${JSON.stringify(slackManifest('https://openccb.example.com'), null, '\t')}\n`,
	'README.md': (present) => replaceTable(present, settingsTable('en')),
	'README.es.md': (present) => replaceTable(present, settingsTable('es')),
};

function replaceTable(present: string, table: string): string {
	const from = present.indexOf(begin);
	const to = present.indexOf(end);
	if (from < 0 || to < from) throw new Error(`a README needs the lines "${begin}" and "${end}"`);
	return `${present.slice(0, from)}${begin}\n\n${table}\n\n${present.slice(to)}`;
}

const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, make] of Object.entries(files)) {
	const present = await readFile(path, 'utf8').catch(() => '');
	const wanted = make(present);
	if (wanted === present) continue;
	stale.push(path);
	if (!isCheck) await writeFile(path, wanted);
}
if (stale.length > 0) process.stdout.write(`${isCheck ? 'Not current, run npm run generate' : 'Written'}: ${stale.join(', ')}\n`);
if (isCheck && stale.length > 0) process.exitCode = 1;
