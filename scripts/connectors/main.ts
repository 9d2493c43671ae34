/** `npm run connectors`: checks statements, tests a connector, drafts its file or prints what the file may hold. Ends with 1 where something is to be mended. */

import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { boundsFor, boundsOf } from '#src/connectors/catalogue/bounds-for.ts';
import { catalogueJsonSchema } from '#src/connectors/catalogue/catalogue-file.ts';
import { addDraftedViews } from '#src/connectors/catalogue/draft.ts';
import { questionRelations } from '#src/connectors/catalogue/question-relations.ts';
import { type CatalogueReading, readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import { openEngine } from '#src/connectors/engines/open-engine.ts';
import { findingText, problemText } from '#src/connectors/finding-text.ts';
import { testConnector } from '#src/connectors/test-connector.ts';
import { toBotError } from '#src/errors.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { checkStatements } from './check.ts';
import { type ConnectorOrder, readConnectorOrder } from './options.ts';

type Read = Extract<CatalogueReading, { catalogue: unknown }>['catalogue'];

const { connectors: words } = wordsFor(null, languageOf(process.env['OPENCCB_LANGUAGE'] ?? null));
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

const order = readConnectorOrder(process.argv.slice(2));
if (order === null) fail(words.usage);
else await carryOut(order).catch((thrown: unknown) => fail(words.failed(toBotError(thrown).message)));

async function carryOut(wanted: ConnectorOrder): Promise<void> {
	if (wanted.kind === 'schema') return say(JSON.stringify(catalogueJsonSchema(), null, '\t'));
	const text = await readFile(wanted.file, 'utf8').catch(() => null);
	if (text === null) return fail(words.noFile(wanted.file));
	const reading = readCatalogue(wanted.kind === 'draft' ? withViews(text) : text);
	if ('problems' in reading)
		return fail([words.invalidFile(wanted.file), ...reading.problems.map((problem) => `  ${problemText(problem, words)}`)].join('\n'));
	const { catalogue } = reading;
	if (wanted.kind === 'test') return await test(catalogue, wanted.file);
	if (wanted.kind === 'draft') return await draft(catalogue, text, wanted.file);
	const bounds = wanted.role === null ? boundsOf(catalogue, 'all', new Date()) : boundsFor(catalogue, wanted.role, new Date());
	if (bounds === null) return fail(words.noRole(wanted.role ?? ''));
	const engine = wanted.isRun ? engineOf(catalogue, wanted.file, wanted.role) : null;
	await checkStatements(process.stdin, process.stdout, { bounds, limits: catalogue.limits, engine, signal: stopped.signal });
}

function engineOf(catalogue: Read, file: string, role: string | null) {
	return openEngine(catalogue, { folder: dirname(resolve(file)), environment: process.env, role });
}

async function test(catalogue: Read, file: string): Promise<void> {
	const { refused } = await questionRelations(catalogue);
	const surroundings = { folder: dirname(resolve(file)), environment: process.env, signal: stopped.signal };
	const { readable, findings } = await testConnector(catalogue, refused, surroundings);
	say(words.connected(readable));
	if (findings.length === 0) return say(words.fine);
	fail([...findings.map((finding) => findingText(finding, words)), words.found(findings.length)].join('\n'));
}

async function draft(catalogue: Read, text: string, file: string): Promise<void> {
	const live = await engineOf(catalogue, file, null).readSchema(stopped.signal);
	const document = parseDocument(text);
	addDraftedViews(document, live);
	await writeFile(file, document.toString({ lineWidth: 140 }));
	say(words.connected(live.length));
}

/** A file that is to be drafted may have no views yet, or some that nobody has described. */
function withViews(text: string): string {
	const document = parseDocument(text);
	if (document.errors.length > 0) return text;
	document.set('views', {});
	for (const about of ['questions', 'roles']) document.delete(about);
	return document.toString();
}

function say(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}

function fail(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
	process.exitCode = 1;
}
