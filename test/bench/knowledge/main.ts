/**
 * `npm run bench:knowledge -- [--set FOLDER] [--out FILE] [--standalone]`: how well passages of a set are found through the program's own search, with whatever
 * models the settings name; with `--standalone` as if a model had said what each follow-up means. Writes the rankings to `run.jsonl`.
 */

import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '#src/clock.ts';
import { createKnowledgeSearch } from '#src/knowledge/search/search.ts';
import { wordingsOf } from '#src/knowledge/search/wordings.ts';
import { silentLogger } from '#src/log.ts';
import { openLibrary } from './library.ts';
import { measureByKind, type Quality, type Ranked } from './measures.ts';
import { readSet, type SetQuery } from './read-set.ts';
import { openVectors } from './vectors.ts';

const { values } = parseArgs({
	options: {
		set: { type: 'string', default: fileURLToPath(new URL('./set', import.meta.url)) },
		out: { type: 'string', default: 'run.jsonl' },
		standalone: { type: 'boolean', default: false },
	},
});
const say = (text: string) => process.stdout.write(`${text}\n`);
/** As many as a run holds. */
const depth = 100;

const signal = new AbortController().signal;
const set = await readSet(values.set);
const began = performance.now();
await using library = await openLibrary(set.passages, signal);
const { database, asker } = library;
await using vectors = await openVectors(database, signal);
say(`${set.passages.length} passages and ${set.queries.length} questions, taken in within ${seconds(began)} s, ${vectors.name}`);

const search = createKnowledgeSearch({ database, embed: vectors.embed, clock: systemClock, log: silentLogger });
const scope = { channelIds: [], withCompany: true };
const times: number[] = [];

async function ask({ text, history, standalone }: SetQuery) {
	const start = performance.now();
	const before = history.findLast(({ role }) => role === 'user');
	const [question = text, ...wordings] = wordingsOf(text, before?.text ?? null, values.standalone ? standalone : undefined);
	const found = await search.search(asker, { question, wordings, scope, wanted: depth }, signal);
	times.push(performance.now() - start);
	return found;
}

const ranked: Ranked[] = [];
const lines: string[] = [];
for (const query of set.queries) {
	const { passages, isRelevant } = await ask(query);
	const ids = passages.map(({ documentId }) => library.idOf(documentId));
	lines.push(JSON.stringify({ query: query.id, ids, abstained: !isRelevant }));
	ranked.push({ kind: query.kind, ids, relevant: set.relevant?.get(query.id) ?? new Set(), abstained: !isRelevant });
}
await writeFile(values.out, `${lines.join('\n')}\n`);

times.sort((one, other) => one - other);
const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
say(`search ${at(0.5)} ms p50, ${at(0.95)} ms p95; Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}\n`);
if (set.relevant !== null) say(table(measureByKind(ranked)));
say(`\nThe rankings are in ${values.out}.`);

function table(rows: readonly Quality[]): string {
	const head =
		'| kind | questions | nDCG@10 | recall@5 | recall@20 | hit@5 | MRR | said nothing |\n| --- | --- | --- | --- | --- | --- | --- | --- |';
	const line = ({ kind, questions, ndcg10, recall5, recall20, hit5, mrr, abstained }: Quality) =>
		`| ${[kind, questions, ...[ndcg10, recall5, recall20, hit5, mrr, abstained].map((value) => value.toFixed(3))].join(' | ')} |`;
	return [head, ...rows.map(line)].join('\n');
}

function seconds(since: number): string {
	return ((performance.now() - since) / 1_000).toFixed(1);
}
