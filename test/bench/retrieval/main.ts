/**
 * `npm run bench:retrieval -- [--chunks N] [--questions N] [--folder FOLDER]`: how long it takes to find passages among so many, and how many of the nearest
 * are found, by people who may see a part of them. In the database of `BENCH_DATABASE_URL`, or in an embedded one in the folder; what is there already
 * is not put in again.
 */

import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { systemClock } from '#src/clock.ts';
import { type Database, openDatabase } from '#src/database/database.ts';
import { searchVectors, searchWords } from '#src/knowledge/search/legs.ts';
import { createKnowledgeSearch } from '#src/knowledge/search/search.ts';
import { questionLexemes } from '#src/knowledge/text/lexemes.ts';
import { silentLogger } from '#src/log.ts';
import { type Asker, createAsker, nearestOf, type QuestionKind, questionsOf } from './ask.ts';
import { type CorpusQuestion, questionAbout, subjects } from './corpus.ts';
import { fill, modelId } from './fill.ts';
import { processorTimeOf } from './processor.ts';

const { values } = parseArgs({
	options: {
		chunks: { type: 'string', default: '10000' },
		questions: { type: 'string', default: '40' },
		shares: { type: 'string', default: '0.001,0.01,0.1,1' },
		folder: { type: 'string', default: '/tmp/openccb-bench-retrieval' },
	},
});
const [chunks, questions] = [Number(values.chunks), Number(values.questions)];
const say = (text: string) => process.stdout.write(`${text}\n`);
const signal = new AbortController().signal;
/** As the program asks for. */
const sought = { named: [], wanted: 100 };
const shown = 10;

const database = await openDatabase({
	url: process.env['BENCH_DATABASE_URL'] ?? null,
	dataFolder: values.folder,
	audit: false,
	logger: silentLogger,
});
const processorTime = processorTimeOf(database);
try {
	const began = performance.now();
	await fill(database, chunks, (done) => {
		if (done % 20_000 === 0) say(`${done} passages within ${((performance.now() - began) / 1_000).toFixed(0)} s`);
	});
	const noise = await noiseOf(database);
	say(
		`\n${chunks} passages, ${database.kind}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${loadavg()[0]?.toFixed(1)}; noise ${noise.toFixed(3)}\n`,
	);
	say('In milliseconds, p50 / p95; in brackets processor time of the database.\n');
	say('| may see | asked about | vectors | recall@10 | words | whole search | said nothing |');
	say('| --- | --- | --- | --- | --- | --- | --- |');
	for (const share of values.shares.split(',').map(Number)) {
		const asker = await createAsker(database, share);
		for (const kind of ['visible', 'hidden', 'absent'] as const) await measure(asker, kind, noise);
	}
} finally {
	await database.close();
}

async function measure(asker: Asker, kind: QuestionKind, noise: number): Promise<void> {
	const asked = questionsOf(kind, asker, questions);
	if (asked.length === 0) return;
	const { principal, scope, share } = asker;
	const times = { vectors: [] as Time[], words: [] as Time[], search: [] as Time[] };
	let [recall, abstained] = [0, 0];
	for (const question of asked) {
		const query = { vector: question.vector, model: modelId };
		const nearest = await timed(times.vectors, () => searchVectors(database, principal, query, scope, sought));
		await timed(times.words, () => searchWords(database, principal, questionLexemes(question.text), scope, sought));
		const search = searchWith(question, noise);
		const found = await timed(times.search, () => search.search(principal, { question: question.text, scope, wanted: shown }, signal));
		abstained += found.isRelevant ? 0 : 1;
		const ids = new Set(nearest.slice(0, shown).map(({ chunkId }) => chunkId));
		const exact = await nearestOf(database, asker, question, shown);
		recall += exact.length === 0 ? 1 : exact.filter((id) => ids.has(id)).length / exact.length;
	}
	const means = [recall, abstained].map((sum) => (sum / asked.length).toFixed(3));
	say(
		`| ${share * 100} % | ${kind} | ${spread(times.vectors)} | ${means[0]} | ${spread(times.words)} | ${spread(times.search)} | ${means[1]} |`,
	);
}

function searchWith({ vector }: CorpusQuestion, noise: number) {
	const embed = async () => ({ model: modelId, vectors: [vector], noise });
	return createKnowledgeSearch({ database, embed, clock: systemClock, log: silentLogger });
}

/** As the program measures it: of questions about nothing there. */
async function noiseOf(of: Database): Promise<number> {
	const cosines = await Promise.all(
		Array.from({ length: 16 }, async (_, number) => {
			const { vector } = questionAbout(subjects + 10_000 + number, number);
			const sql = 'select ccb_knowledge.nearest_similarity($1, $2::smallint) as cosine';
			const [row] = await of.queryAsLibrarian<{ cosine: number }>(sql, [vector, modelId]);
			return row?.cosine ?? 0;
		}),
	);
	return cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
}

/** In milliseconds. */
interface Time {
	clock: number;
	processor: number | null;
}

async function timed<Result>(times: Time[], work: () => Promise<Result>): Promise<Result> {
	const before = await processorTime();
	const start = performance.now();
	const result = await work();
	const clock = performance.now() - start;
	const after = await processorTime();
	times.push({ clock, processor: before === null || after === null ? null : after - before });
	return result;
}

function spread(times: readonly Time[]): string {
	const clock = percentiles(times.map((time) => time.clock));
	const processor = times.flatMap((time) => time.processor ?? []);
	return processor.length < times.length ? clock : `${clock} (${percentiles(processor)})`;
}

function percentiles(values: readonly number[]): string {
	const sorted = values.toSorted((one, other) => one - other);
	const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
	return `${at(0.5)} / ${at(0.95)}`;
}
