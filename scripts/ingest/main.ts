/** `npm run ingest`: takes the documents of a folder or a bucket, or with `--dry-run` shows what files would be read into. */

import { inspectFolder } from '#src/database/inspect.ts';
import { toBotError } from '#src/errors.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { inspectSettings, type Settings } from '#src/settings/settings.ts';
import { type IngestOrder, readIngestOrder } from './options.ts';
import { showFiles } from './show-files.ts';
import { type TakenFile, takeDocuments } from './take-documents.ts';

// What the process writes is nobody else's on this machine.
process.umask(0o077);

const words = wordsFor(null, languageOf(process.env['OPENCCB_LANGUAGE'] ?? null));
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

const order = readIngestOrder(process.argv.slice(2));
if (order === null) fail(words.sync.usage);
else if ('files' in order) await showFiles(order.files, { nationalIds: order.nationalIds, signal: stopped.signal });
else await take(order);

async function take({ source, isDry }: Extract<IngestOrder, { isDry: boolean }>): Promise<void> {
	// The settings of platforms and models may still be missing.
	const { settings, problems } = inspectSettings(process.env);
	if (settings === null) return fail(words.sync.failed(problems.join('; ')));
	try {
		await takeDocuments(source, {
			...{ settings, isDry, signal: stopped.signal },
			onFile: (file) => void process.stdout.write(`${lineOf(file)}\n`),
		});
	} catch (thrown) {
		fail(await explain(thrown, settings));
	}
}

function lineOf({ path, outcome, read }: TakenFile): string {
	const done = words.sync.outcome[outcome];
	if (read === null) return `${path}: ${done}`;
	if ('reason' in read) return `${path}: ${done}, ${words.files.unread[read.reason]}`;
	return `${path}: ${done}, ${read.isPartial ? words.files.partly(read.passages) : words.files.indexed(read.passages)}`;
}

async function explain(thrown: unknown, { database: { url, dataFolder } }: Settings): Promise<string> {
	const { code, message } = toBotError(thrown);
	const isInUse = code === 'CONFIG_INVALID' && url === null && (await inspectFolder(dataFolder)).holder !== null;
	return isInUse ? words.sync.inUse : words.sync.failed(message);
}

function fail(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
	process.exitCode = 1;
}
