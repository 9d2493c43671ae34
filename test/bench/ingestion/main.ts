/**
 * `npm run bench:ingestion -- [reading] [whole] [load] [--server] [--rounds N] [--scale X] [--pages N] [--rows N] [--files N] [--askers N]`: how
 * fast files are read, how long large ones take until every passage can be found, and what askers notice of many that come at once. Linux alone.
 */

import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureLoad } from './load.ts';
import { measureReading, type ReadingRow } from './reading.ts';
import { loadTable, readingTable, wholeWayTable } from './report.ts';
import { makeSample, rowsOfPage, sampleTypes } from './samples.ts';
import { measureWholeWay } from './whole-way.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		server: { type: 'boolean', default: false },
		rounds: { type: 'string', default: '1' },
		scale: { type: 'string', default: '1' },
		pages: { type: 'string', default: '200' },
		rows: { type: 'string', default: '5000' },
		files: { type: 'string', default: '40' },
		askers: { type: 'string', default: '20' },
	},
});
/** Of each file of the load. */
const pagesOfFile = 3;

const say = (text: string) => process.stdout.write(`${text}\n`);
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part);
const rounds = Number(values.rounds);
const onServer = values.server;

const tables: string[] = [];
if (isWanted('reading')) {
	const rows: ReadingRow[] = [];
	for (const type of sampleTypes) {
		say(`reading ${type} …`);
		rows.push(await measureReading(type, { rounds, scale: Number(values.scale) }));
	}
	tables.push(readingTable(rows));
}
if (isWanted('whole')) {
	say('the whole way …');
	const samples = [makeSample('PDF', Number(values.pages)), makeSample('Excel', Math.ceil(Number(values.rows) / rowsOfPage))];
	tables.push(wholeWayTable(await measureWholeWay(samples, { onServer })));
}
if (isWanted('load')) {
	say('many files at once …');
	const options = { files: Number(values.files), pages: pagesOfFile, askers: Number(values.askers), rounds, onServer };
	tables.push(loadTable(options, await measureLoad(options)));
}
const load = loadavg().map((value) => value.toFixed(1));
say(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load average ${load.join(' ')}.`);
say(`${onServer ? 'PostgreSQL' : 'Embedded database'}. Medians of ${rounds} rounds in turns.`);
for (const table of tables) say(`\n${table}`);
process.exit(0);
